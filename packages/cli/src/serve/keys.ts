import type { KeyOptions } from "@acc/server";
import { Failure } from "../failure.ts";
import { print, printExact, printJson, tell } from "../output/terminal.ts";
import { openPlaces, type Places } from "./key-places.ts";
import { loadServer } from "./load-server.ts";

export interface KeysOptions {
  readonly redis?: string;
  readonly json?: boolean;
}

export interface AddOptions
  extends KeysOptions,
    Pick<KeyOptions, "tenant" | "models" | "rpm" | "tpm"> {
  readonly budgetUsd?: KeyOptions["budget"];
  /** Milliseconds since the epoch. */
  readonly expires?: number;
}

/** Makes a key and prints its token, which is shown this once. */
export async function addServerKey(name: string, options: AddOptions): Promise<void> {
  const { tenant, models, rpm, tpm, budgetUsd: budget, expires: expiresAt } = options;
  const wanted = { tenant, models, rpm, tpm, budget, expiresAt };
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const { addKey } = await loadServer();
  const added = await withPlaces(options, ({ keys }) =>
    addKey(keys, { name, ...Object.fromEntries(given) }),
  );
  if (options.json) {
    printJson(added);
    return;
  }
  printExact(added.token);
  tell(`${name} is made. Its token is shown this once, and kept as a hash.`);
}

/** Shows the keys, without what could be used. */
export async function listServerKeys(options: KeysOptions): Promise<void> {
  const { listKeys } = await loadServer();
  const keys = await withPlaces(options, (places) => listKeys(places.keys));
  if (options.json) {
    printJson({ keys });
    return;
  }
  const { table } = await import("../output/table.ts");
  const rows = keys.map(({ name, tenant, rpm, tpm, budget, expiresAt, models }) => [
    name,
    tenant.startsWith("key:") ? "its own" : tenant,
    String(rpm ?? "-"),
    String(tpm ?? "-"),
    budget ? `$${budget.usd}/${budget.per}` : "-",
    expiresAt === undefined ? "never" : new Date(expiresAt).toISOString().slice(0, 16),
    models?.join(", ") ?? "all",
  ]);
  print(table(["name", "tenant", "rpm", "tpm", "budget", "ends", "models"], rows));
}

/** Takes a key away: every server of the same place refuses it at once. */
export async function revokeServerKey(name: string, options: KeysOptions): Promise<void> {
  const { revokeKey } = await loadServer();
  const isGone = await withPlaces(options, ({ keys }) => revokeKey(keys, name));
  if (!isGone) {
    const fix = "acc serve keys list shows what there is.";
    throw new Failure("KEY_NOT_FOUND", `There is no key ${name}.`, fix);
  }
  tell(`${name} is revoked.`);
}

async function withPlaces<T>(
  { redis }: KeysOptions,
  run: (places: Places) => Promise<T>,
): Promise<T> {
  const places = await openPlaces(redis);
  try {
    return await run(places);
  } finally {
    await places.close();
  }
}
