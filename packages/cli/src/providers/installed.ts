/** The providers that packages brought, by their names. */
export function installedNames(): readonly string[] {
  return [];
}
