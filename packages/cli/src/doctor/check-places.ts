import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { CacheError, type CacheEvent, cacheDirectory, openCache } from "@acc/cache";
import {
  type FolderLimit,
  folderLimits,
  openSecrets,
  SecretsError,
  secretsPath,
} from "@acc/secrets";
import { configPath } from "../config/config-folder.ts";
import { explainSettings, fileSettings } from "../config/resolve-settings.ts";
import { placeOf, settingStore } from "../secrets/setting-store.ts";
import { wrappedKeys } from "../secrets/wrap-key.ts";
import { checkWrapService } from "./check-wrap-service.ts";
import { type Finding, findingOf } from "./finding.ts";

/** The path and the state of a file or folder of acc. */
export interface Place {
  readonly path: string;
  readonly exists: boolean;
  /** Octal, as in `ls`: "600". */
  readonly permissions?: string;
  readonly healthy: boolean;
  readonly entries?: number;
  readonly bytes?: number;
  /** Features that the file system of the store's folder lacks. */
  readonly limits?: readonly FolderLimit[];
  /** The service that the config file names to seal the store's wrapping key. */
  readonly wrappedBy?: string;
}

export interface Places {
  readonly secrets: Place;
  readonly cache: Place;
  readonly config: Place;
  readonly findings: readonly Finding[];
}

/** Checks the store, the cache and the config file without changing them. */
export async function checkPlaces(): Promise<Places> {
  const findings: Finding[] = [];
  const secrets = await checkSecrets(findings);
  const cache = await checkCache(findings);
  const config = await checkConfig(findings);
  return { secrets, cache, config, findings };
}

/** Opens the store even if no file is found: it may be missing, or its folder unreadable. */
async function checkSecrets(findings: Finding[]): Promise<Place> {
  let place: Omit<Place, "healthy"> = { path: "no folder for it", exists: false };
  const outside = await checkOutside(findings);
  if (outside !== undefined) return outside;
  try {
    place = await lookAt(secretsPath());
    const limits = place.exists ? await folderLimits(dirname(place.path)) : [];
    const wrappedBy = await checkWrapService(place.exists, findings);
    if (wrappedBy !== undefined) place = { ...place, wrappedBy };
    // A fault of the config file has a finding of its own.
    const keys = await wrappedKeys(process.env).catch(() => undefined);
    await using secrets = await openSecrets({ ...(keys && { keys }), onWarning: () => {} });
    const entries = (await secrets.list()).length;
    const found = { ...place, ...(limits.length > 0 && { limits }) };
    return { ...found, healthy: true, ...(place.exists && { entries }) };
  } catch (error) {
    const { code, what } = findingOf(error, "");
    if (code === "NO_HOME") {
      findings.push({ code, what, fix: "Set HOME or ACC_SECRETS_DIR." });
      return { ...place, healthy: true };
    }
    const effect = "Until the store can be read, no key is used, not even one of the environment.";
    const fix = opensWithPassphrase(error)
      ? "acc chat asks for the passphrase, on a terminal; acc secrets list does too."
      : `${effect} ${fixOf(code, what, place.path)}`;
    if (!findings.some((found) => found.code === code)) findings.push({ code, what, fix });
    return { ...place, healthy: false };
  }
}

/** Checks whether the external store that the config file names answers. Reads no value. */
async function checkOutside(findings: Finding[]): Promise<Place | undefined> {
  const { secrets } = await fileSettings().catch(() => ({ secrets: undefined }));
  if (secrets === undefined || secrets.store === "file") return undefined;
  const place = { path: placeOf(secrets), exists: true };
  try {
    const store = await settingStore();
    await store?.check?.();
    await store?.close?.();
    return { ...place, healthy: true };
  } catch (error) {
    const { code, what } = findingOf(error, "");
    const fix = `Fix that, or change "secrets" in ${configPath()}: until then no key is used.`;
    findings.push({ code, what, fix });
    return { ...place, healthy: false };
  }
}

function opensWithPassphrase(error: unknown): boolean {
  return SecretsError.is(error) && error.opensWith?.includes("passphrase") === true;
}

const aboutKeys: ReadonlySet<string> = new Set([
  "INVALID_KEY",
  "MISSING_KEY",
  "WRONG_KEY",
  "WRONG_PASSPHRASE",
]);

function fixOf(code: string, what: string, path: string): string {
  if (aboutKeys.has(code)) {
    return "Give the key that the store was made with (ACC_SECRETS_KEY, or its key file).";
  }
  const command = /Run: (.+)$/.exec(what)?.[1];
  if (code === "UNSAFE_PERMISSIONS" && command !== undefined) return `Run: ${command}`;
  if (code === "STORE_DAMAGED" || code === "STORE_MISSING") return "Run: acc secrets recover";
  return `Fix it as the message says, or move ${path} away.`;
}

async function checkCache(findings: Finding[]): Promise<Place> {
  const directory = cacheFolder(findings);
  if (directory === undefined)
    return { path: process.env.ACC_CACHE_DIR ?? "", exists: false, healthy: false };
  const place = await lookAt(directory);
  if (!place.exists) return { ...place, healthy: true };
  if (!(await stat(place.path)).isDirectory()) {
    findings.push({
      code: "CACHE_UNAVAILABLE",
      what: `The cache ${place.path} is not a folder.`,
      fix: "Remove it, or name a folder in ACC_CACHE_DIR.",
    });
    return { ...place, healthy: false };
  }
  const open = place.permissions !== undefined && !place.permissions.endsWith("00");
  if (open && process.platform !== "win32") {
    findings.push({
      code: "CACHE_READABLE",
      what: `Others can read the cache ${place.path} (${place.permissions}).`,
      fix: `Run: chmod 700 ${place.path}`,
    });
  }
  const faults: unknown[] = [];
  const onEvent = (event: CacheEvent) => event.type === "error" && faults.push(event.error);
  await using cache = openCache({ memoryBytes: 0, onEvent });
  const { tiers, session } = await cache.stats();
  if (session.errors > 0) {
    const said = CacheError.is(faults[0]) ? ` ${faults[0].message}` : "";
    findings.push({
      code: "CACHE_UNAVAILABLE",
      what: `The cache ${place.path} cannot be used.${said}`,
      fix: "Make it a folder that only you can write to, or name another in ACC_CACHE_DIR.",
    });
  }
  return { ...place, healthy: session.errors === 0 && !open, ...tiers[0] };
}

/** Returns undefined if the configured folder cannot be used. */
function cacheFolder(findings: Finding[]): string | undefined {
  try {
    return cacheDirectory();
  } catch (error) {
    if (!CacheError.is(error)) throw error;
    const fix = "Give an absolute path in ACC_CACHE_DIR, or unset it.";
    findings.push({ code: "CACHE_UNAVAILABLE", what: error.message, fix });
    return undefined;
  }
}

async function checkConfig(findings: Finding[]): Promise<Place> {
  const place = await lookAt(configPath());
  try {
    await explainSettings();
    return { ...place, healthy: true };
  } catch (error) {
    findings.push(findingOf(error, `Fix ${place.path}, or remove it.`));
    return { ...place, healthy: false };
  }
}

async function lookAt(path: string): Promise<Omit<Place, "healthy">> {
  try {
    const { mode } = await stat(path);
    return { path, exists: true, permissions: (mode & 0o777).toString(8).padStart(3, "0") };
  } catch {
    return { path, exists: false };
  }
}
