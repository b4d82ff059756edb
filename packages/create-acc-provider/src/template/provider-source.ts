import type { Plan } from "../plan.ts";
import { createName, variablePrefix } from "./names.ts";

/** The provider itself: one file, a server that speaks OpenAI's chat completions. */
export function providerSource({ id, baseUrl, model, key }: Plan): string {
  const credential =
    key === "" ? "" : `\n  credential: { name: "${keyName(id)}", env: ["${key}"] },`;
  const headers = key === "" ? "" : ", headers: authorization(context)";
  return `import {
  type CanonicalRequest,
  defineProvider,
  DualModeError,
  type FinishReason,
  type Part,
  postJson,
  readServerSentEvents,
  type RunContext,
} from "@acc/dual-mode/provider";

const ownUrl = "${baseUrl}";

/** A client of ${id}. Nothing is touched before the first call. */
export const ${createName(id)} = defineProvider({
  id: "${id}",
  defaultModel: "${model}",${credential}
  baseUrl: { env: ["${variablePrefix(id)}_BASE_URL"] },
  sdk: {
    credentials: ["${key === "" ? "none" : "key"}"],
    supports: ["system", "multiTurn", "temperature", "topP", "stop", "maxOutputTokens", "seed"],
    probe: async () => ({ available: true }),
    run,
  },
});

async function* run(request: CanonicalRequest, context: RunContext<object>): AsyncGenerator<Part> {
  const url = \`\${context.baseUrl ?? ownUrl}/chat/completions\`;
  const { body } = await postJson(url, toBody(request), { signal: context.signal${headers} });
  let ended: string | undefined;
  yield { type: "start" };
  for await (const { data } of readServerSentEvents(body)) {
    if (data === "[DONE]") break;
    const { choices, error } = parse(data);
    if (error) throw new DualModeError("SERVER_ERROR", error.message ?? "The server failed.");
    const text = choices?.[0]?.delta?.content;
    if (text) yield { type: "text", text };
    ended = choices?.[0]?.finish_reason ?? ended;
  }
  if (ended === undefined) throw new DualModeError("NETWORK", "The answer was cut in mid-stream.");
  yield { type: "finish", reason: reasons[ended] ?? "other" };
}

const reasons: Record<string, FinishReason> = {
  stop: "stop",
  length: "length",
  content_filter: "content-filter",
};

function toBody({ system, messages, maxOutputTokens, topP, ...rest }: CanonicalRequest) {
  const { model, temperature, stop, seed } = rest;
  const first = system === undefined ? [] : [{ role: "system", content: system }];
  const turns = messages.map(({ role, content }) => ({
    role,
    content: content.map((part) => (part.type === "text" ? part.text : "")).join(""),
  }));
  const sampling = { temperature, top_p: topP, stop, seed, max_tokens: maxOutputTokens };
  return { model, messages: [...first, ...turns], stream: true, ...sampling };
}

interface Chunk {
  choices?: { delta?: { content?: string | null }; finish_reason?: string | null }[];
  error?: { message?: string };
}

function parse(data: string): Chunk {
  try {
    return JSON.parse(data) as Chunk;
  } catch (cause) {
    throw new DualModeError("INVALID_OUTPUT", "The server sent what is not JSON.", { cause });
  }
}
${key === "" ? "" : authorization}`;
}

const authorization = `
function authorization({ credential }: RunContext<object>): Record<string, string> {
  return credential.kind === "key" ? { authorization: \`Bearer \${credential.secret.reveal()}\` } : {};
}
`;

/** What the key is called in the secrets store. */
export function keyName(id: string): string {
  return `${variablePrefix(id).toLowerCase()}_api_key`;
}
