import { askForModels, listedModels, type RunContext } from "@acc/dual-mode/provider";
import { groqApi } from "./chat-vendor.ts";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";

const { who } = groqApi;

/**
 * Lists the models that the key can use, on one page; the API does not tell which of them are for
 * speech.
 */
export function listModels(context: RunContext<object>): Promise<readonly string[]> {
  const { signal } = context;
  const page = async () => {
    const client = await openClient(context, { accept: "application/json" });
    // Checked here, because the SDK accepts any answer as a list.
    return { all: listedModels(await client.models.list({ signal }), who), next: undefined };
  };
  return askForModels({ who, signal, page, failure: toError });
}
