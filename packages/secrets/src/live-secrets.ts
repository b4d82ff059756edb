import { liveVersions } from "./entries.ts";
import { namesOfVariables } from "./environment.ts";
import { Secret } from "./secret.ts";
import type { VaultView } from "./vault-view.ts";

/**
 * Returns every valid version of the name, or else of the first of its variables that the store
 * has.
 */
export function liveSecrets(
  view: VaultView,
  name: string,
  variables: readonly string[],
  now: number,
): readonly Secret[] {
  const names = [name, ...namesOfVariables(variables)];
  const entry = names.map((each) => view.find(each)).find((slot) => slot?.current)?.entry;
  if (!entry) return [];
  return liveVersions(entry, now).map(
    ({ value = "", version }) => new Secret(name, value, "store", { version }),
  );
}
