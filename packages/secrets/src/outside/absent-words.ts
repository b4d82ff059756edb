import type { ProgramResult } from "../programs/run-program.ts";

/** The messages of known programs for a secret that they do not have. */
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

/**
 * Returns true if a known program reports that there is no such secret, rather than another
 * failure.
 */
export function isAbsent({ exitCode, stdout, stderr }: ProgramResult): boolean {
  if (words.some((word) => word.test(stderr))) return true;
  // `secret-tool lookup` exits with 1 and prints nothing.
  return exitCode === 1 && stdout === "" && stderr === "";
}
