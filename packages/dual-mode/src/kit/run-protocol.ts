import type { CommandPlan } from "../cli/command.ts";
import { readJsonLines } from "../cli/json-lines.ts";
import { probeCommand } from "../cli/probe-command.ts";
import { runCommand } from "../cli/run-command.ts";
import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Part } from "../contract/part.ts";
import type { Availability, ProbeContext, RunContext } from "../contract/provider.ts";
import { findCommand } from "../detect/find-command.ts";
import { rememberProbe } from "../detect/remember-probe.ts";
import type { ProtocolCommandOptions } from "./protocol-command.ts";
import { ProtocolReader } from "./protocol-reader.ts";

/** Whether the command is there, and its version. */
export async function probeProtocol(
  { command: name, provider, bundled, install }: ProtocolCommandOptions,
  context: ProbeContext<object>,
): Promise<Availability> {
  const found = await findCommand({ name, provider }, context);
  const command = found?.path ?? (await bundled?.());
  if (command === undefined) {
    const reason = `The command ${name} was not found.`;
    return { available: false, code: "CLI_NOT_FOUND", reason, fix: install };
  }
  const version = await rememberProbe(command, "version", async () => {
    const { stdout } = await probeCommand(command, ["--version"], context);
    return /^\d\S*/.exec(stdout.trim())?.[0];
  });
  return { available: true, command, ...(version !== undefined && { version }) };
}

/** One run of the command, as parts. */
export async function* runProtocol(
  options: ProtocolCommandOptions,
  request: CanonicalRequest,
  context: RunContext<object>,
): AsyncGenerator<Part> {
  const command = runCommand(context, () => toPlan(options, request, context));
  const reader = new ProtocolReader();
  for await (const event of readJsonLines(command.lines, context.logger)) yield* reader.read(event);
  yield* reader.end(await command.exit);
}

function toPlan(
  { keyVariable, baseUrlVariable }: ProtocolCommandOptions,
  { sample: _, ...asked }: CanonicalRequest,
  { baseUrl }: RunContext<object>,
): CommandPlan {
  const moved = baseUrlVariable !== undefined && baseUrl !== undefined;
  return {
    args: ["--input", "json", "--output", "stream-json"],
    stdin: JSON.stringify(asked),
    ...(moved && { env: { [baseUrlVariable]: baseUrl } }),
    ...(keyVariable !== undefined && { keyVariable }),
  };
}
