import {
  askOnce,
  givenText,
  isMembers,
  listedModels,
  type RunContext,
  unreadable,
} from "@acc/dual-mode/provider";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";

const who = "Claude's API";
/** The most that the API gives on a page. */
const limit = 1000;

/** The models that the key can use; the API has them page by page, the newest first. */
export function listModels(context: RunContext<object>): Promise<readonly string[]> {
  return askOnce({ signal: context.signal, ask: () => askForAll(context), failure: toError });
}

async function askForAll(context: RunContext<object>): Promise<readonly string[]> {
  const { signal } = context;
  const client = await openClient(context);
  const names: string[] = [];
  let after: string | undefined;
  do {
    const asked = client.models.list({ limit, ...(after && { after_id: after }) }, { signal });
    const page = toPage(await (await asked.asResponse()).json());
    names.push(...page.names);
    if (page.next !== undefined && page.next === after) throw unreadable(who, "a page twice");
    after = page.next;
  } while (after !== undefined);
  if (names.length === 0) throw unreadable(who, "an empty list of models");
  return names;
}

function toPage(page: unknown): { names: readonly string[]; next: string | undefined } {
  const names = listedModels(page, who);
  const { has_more, last_id } = isMembers(page) ? page : {};
  return { names, next: has_more === true ? (givenText(last_id) ?? names.at(-1)) : undefined };
}
