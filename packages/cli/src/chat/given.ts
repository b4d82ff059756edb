/** Only the members that have a value. */
export function given<T extends object>(
  members: {
    readonly [Name in keyof T]: T[Name] | undefined;
  },
): Partial<T> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}
