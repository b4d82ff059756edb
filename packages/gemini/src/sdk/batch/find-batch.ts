import {
  givenText,
  type ListPage,
  pagesOf,
  type RunContext,
  type SoughtBatch,
  unreadable,
} from "@acc/dual-mode/provider";
import { who } from "../chunk.ts";
import { ask } from "./ask.ts";
import { jsonOf } from "./json-of.ts";
import { type Operation, toOperation } from "./operation.ts";

/** Milliseconds by which this machine's clock may be ahead of the vendor's. */
const clocksApart = 10 * 60_000;

/**
 * Finds a batch by its display name, which is the mark. All pages are read up to those that are too
 * old, because a batch may be listed after many others that have ended
 * (Embassy-of-the-Free-Mind/sourcelibrary-v2#4889).
 */
export async function findBatch(
  { mark, after }: SoughtBatch,
  context: RunContext<object>,
): Promise<{ readonly id: string } | undefined> {
  for await (const all of pagesOf(who, (token) => page(token, context))) {
    const found = all.find(({ displayName }) => displayName === mark);
    if (found !== undefined) return { id: found.name };
    if (all.length > 0 && all.every(({ made }) => made < after - clocksApart)) return undefined;
  }
  return undefined;
}

/** Reads a page of the list. An empty list has no member for the batches. */
async function page(
  token: string | undefined,
  context: RunContext<object>,
): Promise<ListPage<Operation>> {
  const query = new URLSearchParams({ pageSize: "100", ...(token && { pageToken: token }) });
  const { operations = [], nextPageToken } = await jsonOf(
    await ask(context, `/v1beta/batches?${query}`),
  );
  if (!Array.isArray(operations)) throw unreadable(who, "no list of batches");
  return { all: operations.map(toOperation), next: givenText(nextPageToken) };
}
