import type { ClientOptions } from "../contract/client.ts";
import type { Mode } from "../contract/mode.ts";
import { sha256 } from "../sha256.ts";

/** The settings that decide which program answers in CLI mode, and which server it asks. */
export interface CliSource {
  /** The command that was named, if one was. */
  readonly command?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Returns the CLI's settings as a part of the cache's key; undefined if the caller set none, so
 * that such callers share the answers of the CLI and the SDK.
 *
 * @param variable The variable that names the command if no option does.
 */
export function cliSource(
  { cliPath, cli }: Pick<ClientOptions, "cliPath" | "cli">,
  only: Mode | undefined,
  variable: string | undefined,
): CliSource | undefined {
  if (only === "sdk") return undefined;
  // Read last: reading the environment costs a cache hit as much as looking up the entry.
  const command = cliPath ?? (variable && process.env[variable]);
  const env = cli?.env;
  if (!command && env === undefined) return undefined;
  return { ...(command && { command }), ...(env && { env }) };
}

/** Identifies the CLI that a call would run, and its login, by a hash that reveals neither. */
export function cliPlace(
  { cliPath, cli }: Pick<ClientOptions, "cliPath" | "cli">,
  { HOME, USERPROFILE, XDG_CONFIG_HOME }: NodeJS.ProcessEnv,
): string {
  const place = [cliPath, cli?.env, HOME, USERPROFILE, XDG_CONFIG_HOME];
  return sha256(JSON.stringify(place)).toString("base64url");
}
