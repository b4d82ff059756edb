import type { ProgramResult } from "../programs/run-program.ts";

/** By program, what it says where it does not have a secret. */
const words: readonly RegExp[] = [
  /is not in the password store/, // pass, gopass
  /isn't an item|could(n't| not) find item|no item matched/i, // op
  /^Not found\.\s*$/m, // bw
  /^security: .*item could not be found in the keychain/m, // security of macOS
  /Could not find entry with path/, // keepassxc-cli
  /^No value found at /m, // vault kv get
  /\(ResourceNotFoundException\)/, // aws secretsmanager
  /^ERROR: .*NOT_FOUND: /m, // gcloud secrets
];

/** True where a known program says that there is no such secret, and not that it failed. */
export function isAbsent({ exitCode, stdout, stderr }: ProgramResult): boolean {
  if (words.some((word) => word.test(stderr))) return true;
  // secret-tool lookup ends so, and says nothing.
  return exitCode === 1 && stdout === "" && stderr === "";
}
