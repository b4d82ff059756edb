import type { CommandPlan } from "../cli/command.ts";
import { commandWord } from "../cli/command-word.ts";
import { probeVersion } from "../cli/probe-version.ts";
import { runCommand } from "../cli/run-command.ts";
import { runParts } from "../cli/run-parts.ts";
import { managerOf } from "../cli/shim-support.ts";
import type { CanonicalRequest } from "../contract/canonical.ts";
import type { ProbeContext, RunContext } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";
import type { Availability } from "../contract/provider.ts";
import { findCommand } from "../detect/find-command.ts";
import type { ProtocolCommandOptions } from "./protocol-options.ts";
import { ProtocolReader } from "./protocol-reader.ts";

/** Returns whether the command is installed, and its version. */
export async function probeProtocol(
  { command: name, provider, bundled, install }: ProtocolCommandOptions,
  context: ProbeContext<object>,
): Promise<Availability> {
  const place = await findCommand({ name, provider }, context);
  const command = place?.path ?? (await bundled?.());
  if (command === undefined) {
    const reason = `The command ${name} was not found.`;
    return { available: false, code: "CLI_NOT_FOUND", reason, fix: install };
  }
  const found = await probeVersion(command, { install }, context);
  if (found.version !== undefined) return { available: true, command, version: found.version };
  return managerOf(command, context.env) === undefined
    ? { available: true, command }
    : found.availability;
}

/** Runs the command once and yields its parts. */
export async function* runProtocol(
  options: ProtocolCommandOptions,
  request: CanonicalRequest,
  context: RunContext<object>,
): AsyncGenerator<Part> {
  const plan = () => toPlan(options, request, context);
  const command = runCommand(context, plan, holds(options, context) ? { standby: {} } : {});
  yield* runParts(command, new ProtocolReader(), context.logger);
}

/** `--hold` is passed only to a command that is known to support it. */
function holds({ hold }: ProtocolCommandOptions, { standby }: RunContext<object>): boolean {
  return hold === true && standby !== undefined;
}

function toPlan(
  options: ProtocolCommandOptions,
  { sample: _, ...asked }: CanonicalRequest,
  context: RunContext<object>,
): CommandPlan {
  const { keyVariable, baseUrlVariable } = options;
  const { baseUrl } = context;
  const moved = baseUrlVariable !== undefined && baseUrl !== undefined;
  return {
    args: [
      ...["--input", "json", "--output", "stream-json"],
      ...(holds(options, context) ? ["--hold", "--model", commandWord("model", asked.model)] : []),
    ],
    stdin: JSON.stringify(asked),
    ...(moved && { env: { [baseUrlVariable]: baseUrl } }),
    ...(keyVariable !== undefined && { keyVariable }),
  };
}
