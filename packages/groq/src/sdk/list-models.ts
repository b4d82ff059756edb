import { askOnce, listedModels, type RunContext, unreadable } from "@acc/dual-mode/provider";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";

const who = "Groq's API";

/** The models that the key can use, on one page: the API does not tell apart which of them are for speech. */
export function listModels(context: RunContext<object>): Promise<readonly string[]> {
  const { signal } = context;
  const ask = async () => {
    const client = await openClient(context, { accept: "application/json" });
    // The SDK gives whatever came for a list.
    const names = listedModels(await client.models.list({ signal }), who);
    if (names.length === 0) throw unreadable(who, "an empty list of models");
    return names;
  };
  return askOnce({ signal, ask, failure: toError });
}
