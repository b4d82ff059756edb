import type { CredentialKind, ModeFeatures, ProviderMode } from "../contract/provider.ts";

/** What a command that speaks docs/cli-protocol.md is like; `supports` is what it honours. */
export interface ProtocolCommandOptions extends ModeFeatures {
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
  /** The variable in which the command takes its key. */
  readonly keyVariable?: string;
  /** The variable in which the command takes its base URL. */
  readonly baseUrlVariable?: string;
}

/** A mode for any command that speaks docs/cli-protocol.md. */
export function protocolCommand(options: ProtocolCommandOptions): ProviderMode<object> {
  const { credentials = ["none"], supports, lacks = [] } = options;
  return {
    credentials,
    supports,
    lacks,
    async probe(context) {
      const { probeProtocol } = await import("../first-call.ts");
      return probeProtocol(options, context);
    },
    async *run(request, context) {
      const { runProtocol } = await import("../first-call.ts");
      yield* runProtocol(options, request, context);
    },
  };
}
