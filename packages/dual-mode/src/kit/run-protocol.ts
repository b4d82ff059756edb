import type { CommandPlan } from "../cli/command.ts";
import { probeVersion } from "../cli/probe-version.ts";
import { runCommand } from "../cli/run-command.ts";
import { runParts } from "../cli/run-parts.ts";
import { managerOf } from "../cli/shim-support.ts";
import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Part } from "../contract/part.ts";
import type { Availability, ProbeContext, RunContext } from "../contract/provider.ts";
import { findCommand } from "../detect/find-command.ts";
import type { ProtocolCommandOptions } from "./protocol-command.ts";
import { ProtocolReader } from "./protocol-reader.ts";

/** Whether the command is there, and its version. */
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

/** One run of the command, as parts. */
export async function* runProtocol(
  options: ProtocolCommandOptions,
  request: CanonicalRequest,
  context: RunContext<object>,
): AsyncGenerator<Part> {
  const command = runCommand(context, () => toPlan(options, request, context));
  yield* runParts(command, new ProtocolReader(), context.logger);
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
