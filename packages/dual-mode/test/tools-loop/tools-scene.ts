import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import type { ClientOptions } from "../../src/contract/client.ts";
import type { Part } from "../../src/contract/part.ts";
import type { Tool } from "../../src/contract/request.ts";
import type { RunPart } from "../../src/tools-loop/contract.ts";
import { gives, type Script, scripted } from "../scripted-provider.ts";

const inputSchema = { type: "object", properties: { city: { type: "string" } } };
export const weather: Tool = { name: "weather", inputSchema };
export const clock: Tool = { name: "clock", inputSchema: { type: "object" } };
export const ask = (content: string, tools: readonly Tool[] = [weather]) => ({
  messages: [{ role: "user", content }] as const,
  tools,
});

export type Call = readonly [id: string, name: string, input?: unknown];

export const callParts = (...calls: readonly Call[]): Part[] => [
  { type: "start", model: "model-1" },
  { type: "text", text: "Looking." },
  ...calls.map(([id, name, input = {}]): Part => ({ type: "tool-call", id, name, input })),
  { type: "usage", usage: { inputTokens: 10, outputTokens: 5 } },
  { type: "finish", reason: "tool-calls" },
];
export const calls = (...made: readonly Call[]): Script => gives(...callParts(...made));

const supports = ["system", "multiTurn", "tools", "toolChoice", "images", "files"] as const;

/** A client that plays scripts, and the requests that it was asked. */
export function playing(scripts: readonly Script[], options: ClientOptions = {}) {
  const asked: CanonicalRequest[] = [];
  const noted = scripts.map(
    (script): Script =>
      (request, context) => {
        asked.push(request);
        return script(request, context);
      },
  );
  return { ...scripted({ sdk: { scripts: noted, supports } }, options), asked };
}

export const resultsIn = (request: CanonicalRequest | undefined) =>
  (request?.messages ?? []).filter(({ role }) => role === "tool");

export async function partsOf(run: AsyncIterable<RunPart>): Promise<RunPart[]> {
  const parts: RunPart[] = [];
  for await (const part of run) parts.push(part);
  return parts;
}
