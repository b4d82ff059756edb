import type { ProbeContext } from "../contract/provider.ts";

/** Which command is looked for, and where besides PATH. */
export interface CommandQuery {
  /** The command's name, without an ending. */
  readonly name: string;
  /** The provider's id: `ACC_<PROVIDER>_CLI` may name the command. */
  readonly provider: string;
  /** Folders of the CLI's own installers; `~` is the home folder. */
  readonly wellKnownFolders?: readonly string[];
  /** Paths that were found and will not do: the search goes on behind them. */
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

/**
 * Looks for a CLI: `cliPath`, then `ACC_<PROVIDER>_CLI`, then PATH, then the folders that PATH
 * often misses. Nothing is taken from a relative entry of PATH, the working folder, its repository
 * or a node_modules unless it is named.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` where a command is named that cannot be run.
 */
export async function findCommand(
  query: CommandQuery,
  context: SearchContext,
): Promise<FoundCommand | undefined> {
  const { searchCommand } = await import("../first-call.ts");
  return searchCommand(query, context);
}
