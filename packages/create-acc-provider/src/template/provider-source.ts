import type { Plan } from "../plan.ts";
import { createName, keyName, variablePrefix } from "./names.ts";

/**
 * The source of the provider: one file for a server that speaks chat completions, and optionally a
 * command.
 */
export function providerSource(plan: Plan): string {
  const { id, baseUrl, model, key, cli } = plan;
  const credential =
    key === "" ? "" : `\n  credential: { name: "${keyName(id)}", env: ["${key}"] },`;
  const mode = ["supports", ...(key === "" ? [] : [`credentials: ["key"]`])].join(", ");
  return `import {
  type Client,
  type ClientOptions,
  chatCompletions,
  defineProvider,
  type Feature,${cli === "" ? "" : "\n  protocolCommand,"}
} from "@acc/dual-mode/provider";

/** What ${cli === "" ? "the server" : "the server and the command"} can do: a request that needs anything else is refused before it is sent. */
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
  sdk: chatCompletions({ baseUrl: "${baseUrl}", ${mode} }),${cliMode(plan)}
});
`;
}

function cliMode({ id, key, cli }: Plan): string {
  if (cli === "") return "";
  const withKey = `\n    credentials: ["key"],\n    keyVariable: "${key}",`;
  return `
  cli: protocolCommand({
    command: "${cli}",
    provider: "${id}",
    install: "Put the command ${cli} on PATH.",
    supports,${key === "" ? "" : withKey}
    baseUrlVariable: "${variablePrefix(id)}_BASE_URL",
  }),`;
}
