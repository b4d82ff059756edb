import type { FileSettings } from "../config/settings.ts";
import { installedNames } from "../providers/packages/installed.ts";
import type { UnlockOptions } from "../secrets/unlock.ts";
import { type FoundServer, findServer } from "./find-server.ts";
import { knownToken } from "./known-token.ts";
import { ownTerms } from "./terms.ts";

/** The providers that `acc chat` would ask, and with which settings. */
export interface Wanted extends UnlockOptions {
  /** The providers that are named. */
  readonly names: readonly string[];
  readonly settings: FileSettings;
}

/** A server of this user that would make its calls as `acc chat` does, or why there is none. */
export async function usableServer(wanted: Wanted): Promise<FoundServer | string> {
  const alone = whyAlone(wanted);
  if (alone !== undefined) return alone;
  return findServer({ token: knownToken, terms: () => ownTerms(wanted.settings) });
}

/** The reason if only this process itself can make the call. */
function whyAlone({ names, settings: { secrets }, unlock }: Wanted): string | undefined {
  if (unlock) return "--unlock is asked by acc chat itself";
  // An external store is read with whatever its programs find in the environment.
  if (secrets !== undefined && secrets.store !== "file") {
    return "keys of a store outside are read by acc chat itself";
  }
  if (isOfPackage(names)) return "a provider of a package is asked by acc chat itself";
  return undefined;
}

/** A package's code is whatever is in its folder now, and a server may have loaded other code. */
function isOfPackage(names: readonly string[]): boolean {
  const installed = installedNames();
  return names.length === 0 ? installed.length > 0 : names.some((name) => installed.includes(name));
}
