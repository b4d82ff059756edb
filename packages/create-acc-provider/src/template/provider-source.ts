import type { Plan } from "../plan.ts";
import { createName, keyName, variablePrefix } from "./names.ts";

/** The provider itself: one file, a server that speaks chat completions. */
export function providerSource({ id, baseUrl, model, key }: Plan): string {
  const credential =
    key === "" ? "" : `\n  credential: { name: "${keyName(id)}", env: ["${key}"] },`;
  const mode = ["supports", ...(key === "" ? [] : [`credentials: ["key"]`])].join(", ");
  return `import {
  type Client,
  type ClientOptions,
  chatCompletions,
  defineProvider,
  type Feature,
} from "@acc/dual-mode/provider";

/** What the server can do: a request that needs anything else is refused before it is sent. */
const supports: readonly Feature[] = [
  "system",
  "multiTurn",
  "temperature",
  "topP",
  "stop",
  "maxOutputTokens",
  "seed",
];

/** A client of ${id}. Nothing is touched before the first call. */
export const ${createName(id)}: (options?: ClientOptions) => Client = defineProvider({
  id: "${id}",
  defaultModel: "${model}",${credential}
  baseUrl: { env: ["${variablePrefix(id)}_BASE_URL"] },
  sdk: chatCompletions({ baseUrl: "${baseUrl}", ${mode} }),
});
`;
}
