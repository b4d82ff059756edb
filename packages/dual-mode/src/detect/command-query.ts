import type { ProbeContext } from "../contract/mode-context.ts";

/** The command to look for, and where besides PATH. */
export interface CommandQuery {
  /** The command's name, without an extension. */
  readonly name: string;
  /** The provider's id; the variable `ACC_<PROVIDER>_CLI` may name the command. */
  readonly provider: string;
  /** Folders of the CLI's own installers; `~` is the home folder. */
  readonly wellKnownFolders?: readonly string[];
  /** Paths that were found and are unsuitable: the search continues after them. */
  readonly except?: readonly string[];
}

/** A command that was found, and where. */
export interface FoundCommand {
  /** The absolute path. */
  readonly path: string;
  readonly source: "cliPath" | `env:${string}` | "PATH" | "well-known";
}

/** The members of a context in which a command may be named or searched for. */
export type SearchContext = Pick<ProbeContext<unknown>, "cliPath" | "env">;
