import { existsSync } from "node:fs";
import { SecretsError, secretsPath } from "@acc/secrets";
import { createCommandStore } from "@acc/secrets/command";
import { fileSettings } from "../config/resolve-settings.ts";
import { table } from "../output/table.ts";
import { print, printJson } from "../output/terminal.ts";
import { placeOf, settingStore } from "./setting-store.ts";
import { wrapPlace } from "./wrap-key.ts";
import type { WrapSetting } from "./wrap-setting.ts";

/** A place for secrets, as it is on this machine. */
interface StoreRow {
  readonly store: string;
  readonly where: string;
  readonly state: string;
  /** Whether acc uses this store. */
  readonly used: boolean;
}

/** Programs that store secrets, each with the command that reads one. */
const programs: readonly (readonly string[])[] = [
  ["op", "read", "{}"],
  ["pass", "show", "{}"],
  ["gopass", "show", "-o", "{}"],
  ["bw", "get", "password", "{}"],
  ["secret-tool", "lookup", "name", "{}"],
  ["keepassxc-cli", "show", "-s", "-a", "Password", "FILE", "{}"],
  ["vault", "kv", "get", "-field=value", "{}"],
  [
    "aws",
    "secretsmanager",
    "get-secret-value",
    "--query",
    "SecretString",
    "--output",
    "text",
    "--secret-id",
    "{}",
  ],
  ["gcloud", "secrets", "versions", "access", "latest", "--secret", "{}"],
];

const helpers = ["pass", "secretservice", "osxkeychain", "wincred"];

/** Lists the places for secrets on this machine, and which one acc uses. */
export async function listStores({ json }: { readonly json?: boolean }): Promise<void> {
  const { secrets } = await fileSettings();
  const outside = secrets !== undefined && secrets.store !== "file";
  const rows: StoreRow[] = [fileRow(!outside, secrets?.wrap)];
  if (outside)
    rows.push({ store: secrets.store, where: placeOf(secrets), state: await state(), used: true });
  for (const command of programs) {
    if (await isThere(command[0] ?? "")) {
      rows.push({ store: "command", where: command.join(" "), state: "installed", used: false });
    }
  }
  for (const helper of helpers) {
    const where = `docker-credential-${helper}`;
    if (await isThere(where)) {
      rows.push({ store: "docker-helper", where, state: "installed", used: false });
    }
  }
  if (json) {
    printJson({ stores: rows });
    return;
  }
  const lines = rows.map(({ store, where, state: is, used }) => [
    store,
    where,
    is,
    used ? "used" : "",
  ]);
  print(table(["store", "where", "state", ""], lines));
  print('\nThe member "secrets" of the config file names another of them.');
}

function fileRow(used: boolean, wrap: WrapSetting | undefined): StoreRow {
  const path = pathOrNone();
  const where = wrap ? `${path}, wrapped by ${wrapPlace(wrap)}` : path;
  return { store: "file", where, state: existsSync(path) ? "there" : "none yet", used };
}

function pathOrNone(): string {
  try {
    return secretsPath();
  } catch {
    return "no folder for it";
  }
}

/** Whether the store in use answers, in words. Reads no value. */
async function state(): Promise<string> {
  try {
    const store = await settingStore();
    await store?.check?.();
    await store?.close?.();
    return "answers";
  } catch (error) {
    return error instanceof Error ? error.message : "does not answer";
  }
}

async function isThere(program: string): Promise<boolean> {
  try {
    await createCommandStore({ command: [program, "{}"], names: {} }).check?.();
    return true;
  } catch (error) {
    if (SecretsError.is(error)) return false;
    throw error;
  }
}
