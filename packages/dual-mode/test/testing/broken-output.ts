import { runCommand } from "../../src/cli/run-command.ts";
import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import type { RunContext } from "../../src/contract/mode-context.ts";
import type { Part } from "../../src/contract/part.ts";
import type { ProviderMode } from "../../src/contract/provider.ts";
import type { Broken } from "./broken.ts";
import { minimalProvider, modes } from "./minimal-provider.ts";

/** Reads a command's lines by itself, and waits for its end; `parse` reads a line. */
function reading(parse: (line: string) => Part | undefined): ProviderMode<object>["run"] {
  return async function* (request: CanonicalRequest, context: RunContext<object>) {
    const run = runCommand(context, () => ({
      args: ["--input", "json", "--output", "stream-json"],
      stdin: JSON.stringify(request),
    }));
    for await (const line of run.lines) {
      const part = parse(line);
      if (part !== undefined) yield part;
    }
  };
}

function orNothing(line: string): Part | undefined {
  try {
    return JSON.parse(line) as Part;
  } catch {
    return undefined;
  }
}

const broken = (rule: string, fault: string, run: ProviderMode<object>["run"]): Broken => ({
  rule: `cli: ${rule}`,
  fault,
  create: minimalProvider({ cli: { ...modes.cli, run } }),
});

/** Providers that take a command's output as it comes. */
export const brokenOutput: readonly Broken[] = [
  broken(
    "a process that waits asks nothing, and takes one call whole",
    "starts no process ahead",
    reading(orNothing),
  ),
  broken(
    "a process that waits asks nothing, and takes one call whole",
    "tells its prompt at the start",
    async function* (request, context) {
      const plan = () => ({ args: ["--", JSON.stringify(request.messages)], stdin: "" });
      const run = runCommand(context, plan, { standby: {} });
      for await (const line of run.lines) yield JSON.parse(line) as Part;
    },
  ),
  broken(
    "a command that stays after its whole answer is ended, and the answer kept",
    "leaves the end to the command",
    reading(orNothing),
  ),
  broken(
    "terminal codes and notices beside a line are no part of it",
    "skips what it cannot parse",
    reading(orNothing),
  ),
  broken("a line that is cut is INVALID_OUTPUT", "skips what it cannot parse", reading(orNothing)),
  broken(
    "a text that is of another type is INVALID_OUTPUT",
    "passes on what it parses",
    reading(orNothing),
  ),
];
