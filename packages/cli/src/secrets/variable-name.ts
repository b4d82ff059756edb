/** The variable in which a program looks for a secret of this name. */
export function variableName(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9_]/g, "_");
}
