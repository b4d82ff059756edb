import {
  askForModels,
  givenText,
  isMembers,
  type ListPage,
  listedModels,
  type RunContext,
} from "@acc/dual-mode/provider";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";

const who = "Claude's API";
/** The API's largest page size. */
const limit = 1000;

/** Lists the models that the key can use; the API returns them page by page, the newest first. */
export function listModels(context: RunContext<object>): Promise<readonly string[]> {
  const { signal } = context;
  const page = (from: string | undefined) => askForPage(context, from);
  return askForModels({ who, signal, page, failure: toError });
}

async function askForPage(
  context: RunContext<object>,
  after_id: string | undefined,
): Promise<ListPage<string>> {
  const { signal } = context;
  const client = await openClient(context);
  const asked = client.models.list({ limit, ...(after_id && { after_id }) }, { signal });
  const page: unknown = await (await asked.asResponse()).json();
  const all = listedModels(page, who);
  const { has_more, last_id } = isMembers(page) ? page : {};
  return { all, next: has_more === true ? (givenText(last_id) ?? all.at(-1)) : undefined };
}
