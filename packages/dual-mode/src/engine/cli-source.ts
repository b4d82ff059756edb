import type { ClientOptions } from "../contract/client.ts";
import type { Mode } from "../contract/mode.ts";
import { sha256 } from "../sha256.ts";

/** What decides, besides the request, which program answers in CLI mode, and whom that asks. */
export interface CliSource {
  /** The command that was named, where one was. */
  readonly command?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A part of the key of an answer; undefined where nothing was set, so that callers with nothing of
 * their own share what the CLI and the SDK have answered.
 *
 * @param variable Names the command where no option does.
 */
export function cliSource(
  { cliPath, cli }: Pick<ClientOptions, "cliPath" | "cli">,
  only: Mode | undefined,
  variable: string | undefined,
): CliSource | undefined {
  if (only === "sdk") return undefined;
  // Read last: a look into the environment costs a hit as much as its look into the cache.
  const command = cliPath ?? (variable && process.env[variable]);
  const env = cli?.env;
  if (!command && env === undefined) return undefined;
  return { ...(command && { command }), ...(env && { env }) };
}

/** Tells apart, without showing any of it, whose CLI a call would run, and with whose login. */
export function cliPlace(
  { cliPath, cli }: Pick<ClientOptions, "cliPath" | "cli">,
  { HOME, USERPROFILE, XDG_CONFIG_HOME }: NodeJS.ProcessEnv,
): string {
  const place = [cliPath, cli?.env, HOME, USERPROFILE, XDG_CONFIG_HOME];
  return sha256(JSON.stringify(place)).toString("base64url");
}
