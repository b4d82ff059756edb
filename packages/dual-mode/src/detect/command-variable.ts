/** Returns the variable that may name a provider's command: `ACC_<PROVIDER>_CLI`. */
export function commandVariable(provider: string): string {
  return `ACC_${provider.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}_CLI`;
}
