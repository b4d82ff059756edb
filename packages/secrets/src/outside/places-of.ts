/** Where the secrets of the option `names` are; a text is the id of one that is a value as it is. */
export function placesOf<P extends { readonly id: string }>(
  names: Readonly<Record<string, P | string>> = {},
): Readonly<Record<string, P | { readonly id: string }>> {
  const entries = Object.entries(names);
  return Object.fromEntries(
    entries.map(([name, place]) => [name, typeof place === "string" ? { id: place } : place]),
  );
}
