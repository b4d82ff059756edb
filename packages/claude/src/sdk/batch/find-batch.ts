import {
  DualModeError,
  givenCount,
  givenText,
  isMembers,
  type ListPage,
  type Members,
  pagesOf,
  type RunContext,
  readResultLines,
  type SoughtBatch,
  unreadable,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { idMember, resultsPath, who } from "./result.ts";

/** Milliseconds by which this machine's clock may be ahead of the vendor's. */
const clocksApart = 10 * 60_000;

/**
 * Finds a batch. Nothing in a batch identifies its owner but the ids of its requests, which appear
 * only in its results, so ended batches of the same size that were created since are read. One
 * whose results are not available or cannot be read may be the batch.
 * @throws DualModeError `INVALID_OUTPUT`, or why the results are not available: no such batch (404)
 */
export async function findBatch(
  client: Anthropic,
  { mark, lines, after, others, isGivenUp = false }: SoughtBatch,
  { signal }: RunContext<object>,
): Promise<{ id: string } | "later" | undefined> {
  const since = after - clocksApart;
  let isRunning = false;
  let fault: unknown;
  for await (const batch of listed(client, since, signal)) {
    if (isOlder(batch, since)) break;
    const id = givenText(batch.id) ?? "";
    if (others.includes(id) || sizeOf(batch.request_counts) !== lines) continue;
    // Archived batches have no results any more.
    if (givenText(batch.archived_at) !== undefined) continue;
    if (batch.processing_status !== "ended") {
      isRunning = true;
      continue;
    }
    try {
      if (await isMarkedAs(client, id, mark, signal)) return { id };
    } catch (thrown) {
      if (!mayBeSought(thrown)) throw thrown;
      fault ??= thrown;
    }
  }
  if (isRunning) return "later";
  if (fault !== undefined && !isGivenUp) throw fault;
  return undefined;
}

/**
 * Whether the batch may be the one after this error. The vendor may say that a batch does not exist
 * although it lists it (anthropics/anthropic-sdk-python#1432).
 */
function mayBeSought(thrown: unknown): boolean {
  const isUnread = DualModeError.is(thrown) && thrown.code === "INVALID_OUTPUT";
  return isUnread || (thrown as { readonly status?: unknown }).status === 404;
}

function isOlder({ created_at }: Members, than: number): boolean {
  return Date.parse(givenText(created_at) ?? "") < than;
}

/**
 * Lists batches, the newest first. The SDK's own paging is not used, because it takes any other
 * answer for an empty list.
 */
async function* listed(
  client: Anthropic,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<Members> {
  for await (const page of pagesOf(who, (from) => pageOf(client, from, { since, signal }))) {
    yield* page;
  }
}

async function pageOf(
  client: Anthropic,
  after_id: string | undefined,
  { since, signal }: { readonly since: number; readonly signal: AbortSignal },
): Promise<ListPage<Members>> {
  const query = { limit: 100, ...(after_id !== undefined && { after_id }) };
  const answer = await client.messages.batches.list(query, { signal }).asResponse();
  const page: unknown = await answer.json();
  const { data, has_more, last_id } = isMembers(page) ? page : {};
  if (!Array.isArray(data) || !data.every(isMembers)) throw unreadable(who, "no list of batches");
  // An empty page is the last, as is one that is followed by older batches.
  if (has_more !== true || data.every((each) => isOlder(each, since))) {
    return { all: data, next: undefined };
  }
  const next = givenText(last_id);
  if (next === undefined) throw unreadable(who, "a list without its end");
  return { all: data, next };
}

function sizeOf(counts: unknown): number {
  const given = isMembers(counts) ? Object.values(counts) : [];
  return given.reduce<number>((sum, count) => sum + (givenCount(count) ?? 0), 0);
}

/**
 * Whether the ids of a batch's requests have the mark.
 * @throws DualModeError `INVALID_OUTPUT` if no result has an id
 */
async function isMarkedAs(
  client: Anthropic,
  id: string,
  mark: string,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = await client.get(resultsPath(id), { signal }).asResponse();
  for await (const { id: line } of readResultLines(answer, idMember)) return line.startsWith(mark);
  const message = `${who} sent results of a batch without the ids of its requests.`;
  const fix = "Start it again later; or with cancel to give it up.";
  throw new DualModeError("INVALID_OUTPUT", message, { fix });
}
