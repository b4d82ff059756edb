import type { AuditOptions } from "./audit/audit-options.ts";
import type { Environment, EnvironmentMapping } from "./environment.ts";
import { SecretsError } from "./errors.ts";
import type { KeyProvider } from "./keys/key-provider.ts";
import type { SecretStore } from "./stores/secret-store.ts";
import type { OnWarning } from "./warning.ts";

/** Options of `openSecrets`. All are optional. */
export interface SecretsOptions {
  /** The folder of the store. @default `ACC_SECRETS_DIR`, else `acc` in the user's config folder */
  readonly directory?: string;
  /** The file of the store, instead of the default one in `directory`. */
  readonly path?: string;
  /**
   * The keys that can open the store; each wraps the data key of a new store.
   * @default `ACC_SECRETS_KEY`, else the key file (`ACC_SECRETS_KEY_FILE`, or next to the store)
   */
  readonly keys?: readonly KeyProvider[];
  /** Opens or creates a store in plain text. An encrypted store is then refused. */
  readonly encryption?: "none";
  /** `"original"` opens the Python original's `secrets.enc` and `secrets.key`. */
  readonly format?: "original";
  /** Another store to use instead of a file. */
  readonly store?: SecretStore;
  /** Whether the store or the environment is read first. @default "store-first" */
  readonly precedence?: "store-first" | "env-first";
  /** @default process.env */
  readonly env?: Environment;
  /** The variables for a name, instead of the default ones. */
  readonly mapping?: EnvironmentMapping;
  /** What the audit next to the store records, and whether it is required. */
  readonly audit?: AuditOptions;
  /** How long a write waits for the writes of other processes, in milliseconds. @default 10000 */
  readonly lockTimeout?: number;
  /** The clock, in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** Called for each warning. @default process.emitWarning */
  readonly onWarning?: OnWarning;
}

const known: Record<keyof SecretsOptions, true> = {
  directory: true,
  path: true,
  keys: true,
  encryption: true,
  format: true,
  store: true,
  precedence: true,
  env: true,
  mapping: true,
  audit: true,
  lockTimeout: true,
  now: true,
  onWarning: true,
};

/** @throws SecretsError `INVALID_OPTION`, which names the option and its allowed values */
export function checkOptions(options: SecretsOptions): void {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(known, name)) {
      refuse(
        `There is no option ${JSON.stringify(name)}; there are ${Object.keys(known).join(", ")}`,
      );
    }
  }
  oneOf("encryption", options.encryption, ["none"]);
  oneOf("format", options.format, ["original"]);
  oneOf("precedence", options.precedence, ["store-first", "env-first"]);
  exclusive(options, "path", "directory");
  exclusive(options, "store", "path");
  exclusive(options, "store", "directory");
  exclusive(options, "store", "keys");
  exclusive(options, "store", "format");
  exclusive(options, "keys", "encryption");
  if (options.keys?.length === 0) refuse("`keys` is empty; leave it out for the usual key");
}

function oneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  refuse(`The option ${name} may be ${allowed.map((word) => JSON.stringify(word)).join(" or ")}`);
}

function exclusive(
  options: SecretsOptions,
  one: keyof SecretsOptions,
  other: keyof SecretsOptions,
): void {
  if (options[one] === undefined || options[other] === undefined) return;
  refuse(`The options ${one} and ${other} exclude each other; leave one out`);
}

function refuse(what: string): never {
  throw new SecretsError("INVALID_OPTION", `${what}.`);
}
