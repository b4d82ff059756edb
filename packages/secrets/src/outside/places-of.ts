/**
 * Returns the places in the option `names`; a string is the id of a secret whose whole text is the
 * value.
 */
export function placesOf<P extends { readonly id: string }>(
  names: Readonly<Record<string, P | string>> = {},
): Readonly<Record<string, P | { readonly id: string }>> {
  const entries = Object.entries(names);
  return Object.fromEntries(
    entries.map(([name, place]) => [name, typeof place === "string" ? { id: place } : place]),
  );
}
