import type { ProbeContext } from "../contract/mode-context.ts";

/** Which command is looked for, and where besides PATH. */
export interface CommandQuery {
  /** The command's name, without an ending. */
  readonly name: string;
  /** The provider's id: `ACC_<PROVIDER>_CLI` may name the command. */
  readonly provider: string;
  /** Folders of the CLI's own installers; `~` is the home folder. */
  readonly wellKnownFolders?: readonly string[];
  /** Paths that were found and will not do: the search continues after them. */
  readonly except?: readonly string[];
}

/** A command that was found, and who named it. */
export interface FoundCommand {
  /** Absolute. */
  readonly path: string;
  readonly source: "cliPath" | `env:${string}` | "PATH" | "well-known";
}

/** Where a command may be named, and looked for. */
export type SearchContext = Pick<ProbeContext<unknown>, "cliPath" | "env">;
