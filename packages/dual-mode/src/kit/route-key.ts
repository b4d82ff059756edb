import type { RunContext } from "../contract/mode-context.ts";
import { DualModeError } from "../error.ts";

/** Names the key, for the error if it is missing. */
export interface KeyOwner {
  /** The user of the key as the subject of a sentence: "Example's SDK". */
  readonly who: string;
  /** The environment variable. */
  readonly env: string;
  /** Its name in the secrets store. */
  readonly stored: string;
}

/**
 * Returns the key of the route that is being tried. It may be sent to the vendor, and must not be
 * shown anywhere.
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
