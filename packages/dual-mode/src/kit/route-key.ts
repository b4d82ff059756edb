import type { RunContext } from "../contract/mode-context.ts";
import { DualModeError } from "../error.ts";

/** Whose key it is, for the error where there is none. */
export interface KeyOwner {
  /** As the subject of a sentence: "Example's SDK". */
  readonly who: string;
  /** The environment variable. */
  readonly env: string;
  /** Its name in the store of secrets. */
  readonly stored: string;
}

/**
 * The key of the route that is being tried, to be sent and shown nowhere.
 *
 * @throws {@link DualModeError} `MISSING_CREDENTIALS`
 */
export function routeKey(
  { credential }: Pick<RunContext<object>, "credential">,
  { who, env, stored }: KeyOwner,
): string {
  if (credential.kind === "key") return credential.secret.reveal();
  throw new DualModeError("MISSING_CREDENTIALS", `${who} needs an API key.`, {
    fix: `Set ${env}, or store the key as ${stored}.`,
  });
}
