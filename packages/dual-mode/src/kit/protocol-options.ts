import type { CredentialKind, ModeFeatures } from "../contract/provider.ts";

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
  /**
   * It takes `--hold`: started before its call, it waits for the request and asks nobody until then.
   * @default false
   */
  readonly hold?: boolean;
}
