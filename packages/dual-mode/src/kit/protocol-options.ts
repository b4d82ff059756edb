import type { CredentialKind, ModeFeatures } from "../contract/provider.ts";

/** A command that speaks docs/cli-protocol.md; `supports` lists the features that it honours. */
export interface ProtocolCommandOptions extends ModeFeatures {
  /** The command's name on PATH. */
  readonly command: string;
  /** The provider's id; the variable `ACC_<PROVIDER>_CLI` names another command. */
  readonly provider: string;
  /**
   * Returns the absolute path of a command that comes with the provider, used if none is on PATH.
   */
  readonly bundled?: () => Promise<string | undefined>;
  /** The fix if there is no command: `npm install -g …`. */
  readonly install: string;
  /** @default ["none"] */
  readonly credentials?: readonly CredentialKind[];
  /** The variable from which the command reads its key. */
  readonly keyVariable?: string;
  /** The variable from which the command reads its base URL. */
  readonly baseUrlVariable?: string;
  /**
   * Whether it accepts `--hold`: started before its call, it waits for the request and asks nobody
   * until then.
   *
   * @default false
   */
  readonly hold?: boolean;
}
