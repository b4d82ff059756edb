import { createClaude } from "@acc/claude";
import { type Client, chain } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { afterEach, describe, expect, it } from "vitest";
import { type Api, type StrictServer, startStrictServer } from "../histories/strict-server.ts";
import { collect, sdkAt } from "./stage.ts";
import { type Ai, versions } from "./versions.ts";

const apis: Readonly<Record<string, Api>> = {
  claude: "messages",
  gemini: "generate-content",
  groq: "chat-completions",
  openai: "responses",
};
const vendors = Object.keys(apis);
const servers: StrictServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Each vendor as strict as people report it: it refuses a history without its own proofs. */
async function clientOf(vendor: string): Promise<{ client: Client; server: StrictServer }> {
  const server = await startStrictServer(apis[vendor] as Api);
  servers.push(server);
  server.turn = "calls";
  const options = { ...sdkAt(server), retry: 0 };
  const creates: Readonly<Record<string, () => Client>> = {
    claude: () => createClaude({ ...options, model: "claude-haiku-4-5" }),
    gemini: () => createGemini({ ...options, sdk: "genai", model: "gemini-3-pro" }),
    groq: () => createGroq(options),
    openai: () => createOpenAI({ ...options, api: "responses" }),
  };
  return { client: creates[vendor]?.() as Client, server };
}

/** Tools that tell what they were asked, and call back once all three have been. */
function toolsOf({ tool, jsonSchema }: Ai, asked: unknown[], afterAll: () => void) {
  const named = (name: string) =>
    tool({
      description: `Tells the ${name}`,
      inputSchema: jsonSchema<object>({ type: "object", properties: {} }),
      execute: async (input) => {
        asked.push([name, input]);
        if (asked.length % 3 === 0) afterAll();
        return { [name]: "fine" };
      },
    });
  return { weather: named("weather"), news: named("news") };
}

const wanted = [
  ["weather", { city: "Graz" }],
  ["weather", { city: "Linz" }],
  ["news", {}],
];

describe.each(versions)("a tool loop of $name", ({ ai, createAcc }) => {
  const { generateText, streamText, stepCountIs } = ai;
  const stopWhen = stepCountIs(3);

  it.each(vendors)("goes two steps with parallel calls of %s", async (vendor) => {
    const { client, server } = await clientOf(vendor);
    const asked: unknown[] = [];
    const tools = toolsOf(ai, asked, () => {
      server.turn = "text";
    });
    const model = createAcc({ [vendor]: client })(vendor);
    const { steps, text } = await generateText({ model, prompt: "What is new?", tools, stopWhen });
    expect(asked).toEqual(wanted);
    expect(steps.map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "stop"]);
    expect(text).toContain("says.");
    expect(server.requests).toHaveLength(2);
  });

  it.each(vendors)("streams two steps with parallel calls of %s", async (vendor) => {
    const { client, server } = await clientOf(vendor);
    const asked: unknown[] = [];
    const tools = toolsOf(ai, asked, () => {
      server.turn = "text";
    });
    const model = createAcc({ [vendor]: client })(vendor);
    const result = streamText({ model, prompt: "What is new?", tools, stopWhen });
    const parts = await collect(result.fullStream);
    expect(parts.filter(({ type }) => type === "error")).toEqual([]);
    expect(asked).toEqual(wanted);
    expect(await result.text).toContain("says.");
    const ids = parts.flatMap((part) => (part.type === "tool-input-start" ? [part.id] : []));
    expect(new Set(ids).size).toBe(3);
    expect(parts.flatMap((part) => (part.type === "tool-call" ? [part.toolCallId] : []))).toEqual(
      ids,
    );
    expect(server.requests).toHaveLength(2);
  });

  it("goes on with the next provider of a chain where one has no time", async () => {
    const claude = await clientOf("claude");
    const gemini = await clientOf("gemini");
    const asked: unknown[] = [];
    const tools = toolsOf(ai, asked, () => {
      claude.server.turn = "overloaded";
      gemini.server.turn = asked.length === 6 ? "text" : "calls";
    });
    const model = createAcc({ best: chain([claude.client, gemini.client]) })("best");
    const { steps, text } = await generateText({ model, prompt: "What is new?", tools, stopWhen });
    expect(asked).toEqual([...wanted, ...wanted]);
    expect(text).toBe("Gemini says.");
    const told = steps.map(({ providerMetadata }) => providerMetadata?.acc);
    expect(told).toMatchObject([
      { provider: "claude", fallback: false },
      { provider: "gemini", fallback: true, attempts: [{ code: "OVERLOADED" }, {}] },
      { provider: "gemini", fallback: true },
    ]);
  });

  it("tells the model of a tool that failed", async () => {
    const { client, server } = await clientOf("claude");
    const failing = ai.tool({
      inputSchema: ai.jsonSchema<object>({ type: "object" }),
      execute: async (): Promise<object> => {
        server.turn = "text";
        throw new Error("no network");
      },
    });
    const model = createAcc({ claude: client })("claude");
    const tools = { weather: failing, news: failing };
    await generateText({ model, prompt: "What is new?", tools, stopWhen });
    const [, second] = server.requests;
    const results = JSON.parse(second?.body ?? "{}").messages.at(-1).content;
    expect(results).toHaveLength(3);
    for (const result of results) {
      expect(result).toMatchObject({ type: "tool_result", is_error: true });
      expect(JSON.stringify(result)).toContain("no network");
    }
  });
});
