import { readFile } from "node:fs/promises";
import type { VaultAuth } from "@acc/secrets/vault";
import { configPath } from "../config/config-folder.ts";
import { UsageError } from "../failure.ts";
import type { FromOutside } from "./secrets-setting.ts";

/**
 * The options to log in to Vault. Values in variables and files are read when needed, since they
 * may be replaced.
 */
export function authOf(setting: Record<string, unknown>): VaultAuth {
  const entries = Object.entries(setting).map(([name, value]) => [
    name,
    typeof value === "object" && value !== null ? () => outside(value as FromOutside) : value,
  ]);
  return Object.fromEntries(entries) as VaultAuth;
}

/** Reads a secret to which the config file refers. */
export async function outside(from: FromOutside): Promise<string> {
  if ("file" in from) return readFile(from.file, "utf8");
  const value = process.env[from.env];
  if (value) return value;
  throw new UsageError(
    `${from.env}, which the config file names, is not set.`,
    `Set it, or name another in ${configPath()}.`,
    "INVALID_SETTING",
  );
}
