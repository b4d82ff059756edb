import type { CommandPlan } from "../cli/command.ts";
import { readJsonLines } from "../cli/json-lines.ts";
import { probeCommand } from "../cli/probe-command.ts";
import { runCommand } from "../cli/run-command.ts";
import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Feature } from "../contract/mode.ts";
import type { Part } from "../contract/part.ts";
import type {
  Availability,
  CredentialKind,
  ProbeContext,
  ProviderMode,
  RunContext,
} from "../contract/provider.ts";
import { findCommand } from "../detect/find-command.ts";
import { rememberProbe } from "../detect/remember-probe.ts";
import { ProtocolReader } from "./protocol-reader.ts";

/** What a command that speaks docs/cli-protocol.md is like. */
export interface ProtocolCommandOptions {
  /** The command's name on PATH. */
  readonly command: string;
  /** The provider's id: `ACC_<PROVIDER>_CLI` names another command. */
  readonly provider: string;
  /** The absolute path of a command that comes with the provider, for where none is on PATH. */
  readonly bundled?: () => Promise<string | undefined>;
  /** What to do where it is not there: `npm install -g …`. */
  readonly install: string;
  /** @default ["none"] */
  readonly credentials?: readonly CredentialKind[];
  /** What the command honours. */
  readonly supports: readonly Feature[];
  /** The variable in which the command takes its key. */
  readonly keyVariable?: string;
  /** The variable in which the command takes its base URL. */
  readonly baseUrlVariable?: string;
}

/** A mode for any command that speaks docs/cli-protocol.md. */
export function protocolCommand(options: ProtocolCommandOptions): ProviderMode<object> {
  const { credentials = ["none"], supports } = options;
  return {
    credentials,
    supports,
    probe: (context) => probe(options, context),
    run: (request, context) => run(options, request, context),
  };
}

async function probe(
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

async function* run(
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
