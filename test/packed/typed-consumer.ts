// Compiled against the installed packages. A type that were `any` would make these lines fail.
import { type BatchResult, runBatch } from "@acc/batch";
import { openCache } from "@acc/cache";
import { createClaude } from "@acc/claude";
import { chain, type Reply } from "@acc/dual-mode";
import { defineProvider } from "@acc/dual-mode/provider";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { type CompatibleServer, createCompatible, ollama } from "@acc/openai/compatible";
import { prices } from "@acc/prices";
import { openSecrets } from "@acc/secrets";
import { createAccess, createServer } from "@acc/server";

const client = chain([
  createClaude({ prefer: "cli" }),
  createGemini(),
  createGroq(),
  createOpenAI(),
]);
const mine: CompatibleServer = { ...ollama, id: "mine", baseUrl: "http://127.0.0.1:9/v1" };
createCompatible(mine, { model: "any" });
export const reply: Promise<Reply> = client.chat("?");

const validate = (value: unknown) => value as { readonly name: string };
const named = await client.chat({ messages: [], schema: { jsonSchema: {}, validate } });
export const name: string | undefined = named.object?.name;
// @ts-expect-error
export const age: number | undefined = named.object?.name;

createClaude({ prices });

export const batch: Promise<BatchResult> = runBatch({
  client,
  input: "in.jsonl",
  output: "out.jsonl",
});
// @ts-expect-error
runBatch({ client, input: "in.jsonl" });

const access = createAccess({ ownerToken: "a token of more than thirty-two characters" });
const server = createServer({ clients: { groq: createGroq() }, access });
export const answer: Promise<Response> = server.fetch(new Request("http://127.0.0.1/health"));

// @ts-expect-error
createServer({ clients: { groq: createGroq() } });
// @ts-expect-error
createClaude({ prices: "list" });
// @ts-expect-error
createClaude({ prefer: "http" });
// @ts-expect-error
createGemini({ prefer: "http" });
// @ts-expect-error
createGroq({ prefer: "http" });
// @ts-expect-error
createOpenAI({ prefer: "http" });
// @ts-expect-error
createOpenAI({ api: "completions" });
// @ts-expect-error
createCompatible({ id: "mine" });
// @ts-expect-error
chain("claude");
// @ts-expect-error
defineProvider("claude");
// @ts-expect-error
openCache("folder");
// @ts-expect-error
openSecrets("folder");
// @ts-expect-error
export const text: number = (await reply).text;
