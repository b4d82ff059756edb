import type { Send } from "./redis-send.ts";

/**
 * Returns warnings about settings with which Redis may lose data if the power fails or its memory
 * is full.
 */
export async function durabilityWarnings(send: Send): Promise<readonly string[]> {
  const settings = ["appendonly", "appendfsync", "maxmemory", "maxmemory-policy"];
  const values = await Promise.all(settings.map((name) => setting(send, name)));
  const [appendOnly, appendFsync, memory, policy] = values;
  if (values.includes(undefined)) {
    return ["Redis does not report its persistence settings (CONFIG GET): budgets may be lost."];
  }
  const warnings: string[] = [];
  if (appendOnly !== "yes" || appendFsync !== "always") {
    warnings.push(
      `Redis has appendonly ${appendOnly} and appendfsync ${appendFsync}: if it ends, the last ` +
        "entries of budgets may be lost. With appendonly yes and appendfsync always none is.",
    );
  }
  if (memory !== "0" && policy !== "noeviction") {
    warnings.push(
      `Redis has maxmemory-policy ${policy}: when its memory is full, it may forget keys and ` +
        "budgets. With noeviction it does not.",
    );
  }
  return warnings;
}

/** Version 3 of the protocol returns an object or a map, version 2 a list. */
async function setting(send: Send, name: string): Promise<string | undefined> {
  const found = await send("CONFIG", "GET", name).catch(() => undefined);
  if (Array.isArray(found)) return found[1];
  if (found instanceof Map) return found.get(name);
  return (found as Readonly<Record<string, string>> | undefined)?.[name];
}
