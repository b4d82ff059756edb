import type { CacheStore, ResponseCache, StoredSummary } from "@acc/cache";
import { onlyRead } from "./open-disk.ts";

/** One answer in the cache, as far as it can be read. */
export interface KeptAnswer {
  readonly cid: string;
  readonly tenant?: string;
  readonly bytes: number;
  /** ISO 8601; absent if the answer does not expire. */
  readonly expiresAt?: string;
  readonly storedAt?: string;
  readonly provider?: string;
  readonly mode?: string;
  readonly model?: string;
  readonly text?: string;
}

/** Everything that the store holds; what it cannot read is listed without its text. */
export async function keptAnswers(
  _cache: ResponseCache,
  store: CacheStore,
): Promise<readonly KeptAnswer[]> {
  const cache = onlyRead(store);
  const answers: KeptAnswer[] = [];
  for await (const summary of store.entries?.() ?? [])
    answers.push(await readAnswer(cache, summary));
  return answers.sort((a, b) => (b.storedAt ?? "").localeCompare(a.storedAt ?? ""));
}

async function readAnswer(cache: ResponseCache, summary: StoredSummary): Promise<KeptAnswer> {
  const [namespace, tenant, cid = summary.key] = summary.key.split("/").map(decodeURIComponent);
  const scope = {
    ...(summary.key.includes("/") && namespace && { namespace }),
    ...(summary.key.includes("/") && tenant && { tenant }),
  };
  const entry = await Promise.resolve()
    .then(() => cache.get(cid, scope))
    .catch(() => undefined);
  const { expiresAt, bytes } = summary;
  return {
    cid,
    ...(scope.tenant && { tenant: scope.tenant }),
    bytes,
    ...(Number.isFinite(expiresAt) && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(entry && { storedAt: new Date(entry.storedAt).toISOString(), ...contentOf(entry.value) }),
  };
}

/** Reads an answer's parts, which its origin follows. Empty for any other value. */
function contentOf(value: unknown): Partial<KeptAnswer> {
  if (!Array.isArray(value)) return {};
  const parts = value as readonly Readonly<Record<string, unknown>>[];
  const origin = parts.find(({ type }) => type === "origin") ?? {};
  const texts = parts.filter(({ type }) => type === "text").map(({ text }) => String(text));
  const { attempts = [] } = origin as { attempts?: readonly Partial<KeptAnswer>[] };
  const { provider, mode, model } = attempts.at(-1) ?? {};
  return {
    ...(provider && { provider }),
    ...(mode && { mode }),
    ...(model && { model }),
    text: texts.join(""),
  };
}
