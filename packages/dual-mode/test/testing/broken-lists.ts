import type { ProviderMode } from "../../src/contract/provider.ts";
import { changed } from "./break-a-mode.ts";
import type { Broken } from "./broken.ts";
import { modes } from "./minimal-provider.ts";

type List = NonNullable<ProviderMode<object>["listModels"]>;

const brokenList = (rule: string, fault: string, listModels: List): Broken =>
  changed(`sdk: models are not listed, or ${rule}`, fault, { listModels });

const lists = modes.sdk.listModels as List;

export const brokenLists: readonly Broken[] = [
  brokenList("they are told as the vendor lists them", "makes up a model", async (context) => [
    ...(await lists(context)),
    "made-up",
  ]),
  brokenList(
    "a refused key is AUTHENTICATION_FAILED there too",
    "takes a refused key for a key without models",
    (context) => lists(context).catch(() => []),
  ),
  brokenList(
    "an abort ends the listing and leaves nothing running",
    "does not hear the signal while it lists",
    (context) => lists({ ...context, signal: new AbortController().signal }),
  ),
];
