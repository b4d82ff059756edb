import {
  createKeychainStore,
  type ImportReport,
  importOriginal,
  SecretsError,
  type SecretsManager,
} from "@acc/secrets";
import { UsageError } from "../failure.ts";
import { readTextFile } from "../input/read-text.ts";
import { printJson, tell } from "../output/terminal.ts";
import { parseEnvFile } from "./env-file.ts";
import { type UnlockOptions, withSecrets } from "./unlock.ts";

export interface ImportOptions extends UnlockOptions {
  readonly env?: string;
  readonly original?: string | true;
  /** Whether the original store keeps its values unencrypted. */
  readonly plainText?: boolean;
  readonly keychain?: string | true;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Copies values into the store from one other place; existing values are not replaced. */
export async function importSecrets(options: ImportOptions): Promise<void> {
  const { env, original, keychain } = options;
  if ([env, original, keychain].filter((from) => from !== undefined).length !== 1) {
    throw new UsageError(
      "Say where to import from, once.",
      "Give --env FILE, --original or --keychain.",
    );
  }
  const report = await withSecrets(options, async (secrets) => {
    if (original !== undefined) {
      return importOriginal(secrets, {
        ...(original !== true && { path: original }),
        ...(options.plainText && { encryption: "none" }),
      });
    }
    const found = env === undefined ? await fromKeychain(keychain) : await fromEnv(env, options);
    return copyAll(secrets, found);
  });
  if (options.json) printJson(report);
  else tellOf(report);
}

type Found = readonly (readonly [name: string, value: string])[];

const credentialLike = /_(?:key|token|secret|password|passphrase|credentials?)$/;

/** Reads a .env file, which has settings too: what does not look like a credential is left out. */
async function fromEnv(path: string, { all }: ImportOptions): Promise<Found> {
  // If a variable occurs twice, the last value counts, as for every reader.
  const parsed = new Map(parseEnvFile(await readTextFile(path)));
  parsed.delete("ACC_SECRETS_REST");
  const named = [...parsed].map(([name, value]) => [name.toLowerCase(), value] as const);
  if (all) return named;
  const isOne = (name: string) => credentialLike.test(name) && !name.startsWith("acc_secrets_");
  const others = named.map(([name]) => name).filter((name) => !isOne(name));
  if (others.length > 0) {
    tell(
      `Left out, for they do not look like credentials (--all takes them): ${others.join(", ")}.`,
    );
  }
  return named.filter(([name]) => isOne(name));
}

async function fromKeychain(service: string | true | undefined): Promise<Found> {
  const store = createKeychainStore(typeof service === "string" ? { service } : {});
  const names = await store.list();
  return Promise.all(
    names.map(async (name) => [name, (await store.get(name))?.value ?? ""] as const),
  );
}

async function copyAll(secrets: SecretsManager, found: Found): Promise<ImportReport> {
  const report = {
    imported: [] as string[],
    unchanged: [] as string[],
    skipped: [] as { name: string; code: Code }[],
  };
  for (const [name, value] of found) {
    const there = await keptValue(secrets, name);
    if (there === value) {
      report.unchanged.push(name);
    } else if (there !== undefined) {
      report.skipped.push({ name, code: "NAME_CONFLICT" });
    } else if (value === "") {
      report.skipped.push({ name, code: "VALUE_EMPTY" });
    } else {
      const code = await refusalOf(secrets.set(name, value, { multiline: true }));
      if (code === undefined) {
        report.imported.push(name);
      } else {
        report.skipped.push({ name, code });
      }
    }
  }
  return report;
}

/** The value in the store, under any spelling or alias of its name. */
async function keptValue(secrets: SecretsManager, name: string): Promise<string | undefined> {
  const secret = await secrets.get(name).catch(() => undefined);
  return secret?.source === "store" ? secret.reveal() : undefined;
}

type Code = ImportReport["skipped"][number]["code"];

/** The error code if the store refuses the value or its name; any other failure ends the import. */
async function refusalOf(kept: Promise<unknown>): Promise<Code | undefined> {
  try {
    await kept;
    return undefined;
  } catch (error) {
    if (SecretsError.is(error) && /^(NAME|VALUE)_/.test(error.code)) return error.code;
    throw error;
  }
}

const reasons: Readonly<Record<string, string>> = {
  NAME_CONFLICT: "another value is kept under this name; acc secrets set replaces it",
  VALUE_NOT_STRING: "it is not a string",
  VALUE_EMPTY: "it is empty",
};

function tellOf({ imported, unchanged, skipped }: ImportReport): void {
  for (const name of imported) tell(`${name} is stored.`);
  for (const name of unchanged) tell(`${name} was already stored.`);
  for (const { name, code } of skipped) tell(`${name} was left out: ${reasons[code] ?? code}.`);
  if (imported.length + unchanged.length + skipped.length === 0)
    tell("There was nothing to import.");
}
