import type { SecretStore } from "../stores/secret-store.ts";

const atOnce = 8;

/** Returns those of the names that have a value, so that every listed name can be read. */
export async function heldNames(
  names: readonly string[],
  get: SecretStore["get"],
): Promise<readonly string[]> {
  const held: string[] = [];
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce);
    const found = await Promise.all(some.map((name) => get(name)));
    held.push(...some.filter((_, index) => found[index] !== undefined));
  }
  return held;
}
