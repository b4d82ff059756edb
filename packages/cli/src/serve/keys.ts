import type { KeyOptions, NoteOutcome } from "@acc/server";
import { Failure } from "../failure.ts";
import { print, printExact, printJson, tell } from "../output/terminal.ts";
import { commandActor, openAudit } from "./audit.ts";
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

/** Creates a key and prints its token, which is shown only this once. */
export async function addServerKey(name: string, options: AddOptions): Promise<void> {
  const { tenant, models, rpm, tpm, budgetUsd: budget, expires: expiresAt } = options;
  const wanted = { tenant, models, rpm, tpm, budget, expiresAt };
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const limits = Object.fromEntries(given);
  const [{ addKey, addNoted, revokeKey }, audit] = [await loadServer(), await openAudit()];
  const act = { action: "key-add", name, actor: commandActor() } as const;
  const note = (outcome: string) => audit({ ...act, ...(outcome === "ok" && { limits }), outcome });
  const add = ({ keys }: Places) =>
    addNoted(
      () => addKey(keys, { name, ...limits }),
      () => revokeKey(keys, name),
      note,
    );
  const added = await withPlaces(options, add, note);
  if (options.json) {
    printJson(added);
    return;
  }
  printExact(added.token);
  tell(`${name} is created. Its token is shown only now; the server keeps its hash.`);
}

/** Lists the keys, without anything that could be used to call the server. */
export async function listServerKeys(options: KeysOptions): Promise<void> {
  const { listKeys } = await loadServer();
  const damaged: string[] = [];
  const keys = await withPlaces(options, (places) =>
    listKeys(places.keys, ({ message }) => damaged.push(message)),
  );
  if (options.json) {
    printJson({ keys, ...(damaged.length > 0 && { damaged }) });
    return;
  }
  for (const message of damaged) tell(message);
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

/** Revokes a key: every server with the same key store refuses it at once. */
export async function revokeServerKey(name: string, options: KeysOptions): Promise<void> {
  const [{ hasKey, revokeKey, revokeNoted }, audit] = [await loadServer(), await openAudit()];
  const note = (outcome: string) =>
    audit({ action: "key-revoke", name, actor: commandActor(), outcome });
  const revoke = ({ keys }: Places) => {
    const key = { has: () => hasKey(keys, name), revoke: () => revokeKey(keys, name) };
    return revokeNoted(key, note);
  };
  if (!(await withPlaces(options, revoke, note))) {
    const fix = "acc serve keys list shows what there is.";
    throw new Failure("KEY_NOT_FOUND", `There is no key ${name}.`, fix);
  }
  tell(`${name} is revoked.`);
}

/** Runs with the key store. With a `note`, a failure to reach the store is written down as well. */
async function withPlaces<T>(
  { redis }: KeysOptions,
  run: (places: Places) => Promise<T>,
  note: NoteOutcome = async () => {},
): Promise<T> {
  const { orNoted } = await loadServer();
  const places = await orNoted(openPlaces(redis), note);
  try {
    return await run(places);
  } finally {
    await places.close();
  }
}
