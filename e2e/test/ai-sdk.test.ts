import { createAcc } from "@acc/ai-sdk";
import { memoryStore, openCache } from "@acc/cache";
import type { ClientOptions } from "@acc/dual-mode";
import { generateObject, generateText, Output, streamText } from "ai";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Answer } from "../../scripts/loopback-server.ts";
import { plays } from "../../scripts/vendor-answers.ts";
import { featureTables } from "./feature-tables.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { newestClis } from "./targets.ts";
import { thinks } from "./thoughts.ts";
import { asksFor } from "./tool-answers.ts";

const scene = new Scene();
const prompt = "Name a city.";
const schema = z.object({ city: z.string(), people: z.number() });
const graz = { city: "Graz", people: 300_000 };

describe.each(newestClis)("$name, a model of the AI SDK", (target) => {
  const { vendor } = target;
  const { supports } = featureTables[vendor].cli;

  const modelAt = async (answer: Answer, options: ClientOptions = {}) => {
    const server = await scene.serve(answer);
    const client = scene.open(target, server.url, options);
    return { server, client, model: createAcc({ mine: client })("mine") };
  };

  it("answers generateText, and says how", async () => {
    const { client, model } = await modelAt(plays(vendor, "In ", "Graz."));
    const { text, finishReason, usage, providerMetadata } = await generateText({ model, prompt });
    await client.close();
    expect({ text, finishReason }).toEqual({ text: "In Graz.", finishReason: "stop" });
    expect(usage).toMatchObject({ inputTokens: expect.any(Number) });
    expect(providerMetadata?.acc).toMatchObject({ mode: "cli", cached: false, fallback: false });
  });

  it("streams what it thinks, where it tells it, and then the text", async () => {
    const { client, model } = await modelAt(thinks(vendor, "Which one? ", "Graz."));
    const providerOptions = { acc: { reasoning: "low" } };
    const result = streamText({ model, prompt, providerOptions });
    const types: string[] = [];
    for await (const { type } of result.fullStream) types.push(type);
    await client.close();
    expect(await result.text).toBe("Graz.");
    // Gemini CLI tells nobody what its model thought.
    const thoughts = vendor === "gemini" ? undefined : "Which one?";
    expect((await result.reasoningText)?.trim()).toBe(thoughts);
    const wanted = ["reasoning-start", "reasoning-end", "text-start", "text-end"];
    const shown = types.filter((type) => wanted.includes(type));
    expect(shown).toEqual(thoughts === undefined ? wanted.slice(2) : wanted);
  });

  it("streams each piece of a text", async () => {
    const { client, model } = await modelAt(plays(vendor, "In ", "Graz", ", I think."));
    const pieces: string[] = [];
    for await (const piece of streamText({ model, prompt }).textStream) pieces.push(piece);
    await client.close();
    expect(pieces.join("")).toBe("In Graz, I think.");
    expect(pieces.length).toBeGreaterThan(1);
  });

  it("warns of each setting that it lacks, and answers", async () => {
    const { client, model } = await modelAt(plays(vendor, "Graz."));
    const settings = { temperature: 0.5, topK: 4, seed: 7, maxOutputTokens: 99 };
    const { warnings = [] } = await generateText({ model, prompt, ...settings });
    await client.close();
    const lacks = Object.keys(settings).filter((name) => !supports.includes(name as "seed"));
    const told = warnings.map((warning) => ("feature" in warning ? warning.feature : warning.type));
    expect(told.toSorted()).toEqual(lacks.toSorted());
  });

  describe("asked for an object", () => {
    const callsATool = vendor === "claude";
    const answer = callsATool
      ? asksFor(vendor, "", [{ tool: "StructuredOutput", input: graz }])
      : plays(vendor, '{"city":"Gr', 'az","people"', ":300000}");

    it("gives it to generateObject and Output.object, from one answer", async () => {
      scene.tools = callsATool ? ["StructuredOutput"] : [];
      const cache = await openCache({ store: memoryStore() });
      const { client, model, server } = await modelAt(answer, { cache });
      const { object } = await generateObject({ model, prompt, schema });
      expect(object).toEqual(graz);
      expect(callsIn(server.requests)[0]?.body).toContain('"people"');
      const again = await generateText({ model, prompt, output: Output.object({ schema }) });
      expect(again.output).toEqual(graz);
      expect(again.providerMetadata?.acc).toMatchObject({ cached: true });
      await client.close();
      await cache.close();
    });

    it("shows it in parts", async () => {
      scene.tools = callsATool ? ["StructuredOutput"] : [];
      const { client, model } = await modelAt(answer);
      const result = streamText({ model, prompt, output: Output.object({ schema }) });
      const partials: unknown[] = [];
      for await (const partial of result.partialOutputStream) partials.push(partial);
      await client.close();
      expect(partials.length).toBeGreaterThan(1);
      expect(partials[0]).not.toEqual(graz);
      expect(await result.output).toEqual(graz);
    });
  });

  it("keeps what generateText got for streamText, and the other way round", async () => {
    const cache = await openCache({ store: memoryStore() });
    const { client, model, server } = await modelAt(plays(vendor, "In ", "Graz."), { cache });
    const streamed = async (asked: string) => {
      const result = streamText({ model, prompt: asked });
      return { text: await result.text, told: (await result.providerMetadata)?.acc };
    };
    await generateText({ model, prompt });
    expect(await streamed(prompt)).toMatchObject({ text: "In Graz.", told: { cached: true } });
    expect(await streamed("Another.")).toMatchObject({ told: { cached: false } });
    const { text, providerMetadata } = await generateText({ model, prompt: "Another." });
    expect({ text, cached: providerMetadata?.acc?.cached }).toEqual({
      text: "In Graz.",
      cached: true,
    });
    expect(callsIn(server.requests)).toHaveLength(2);
    await client.close();
    await cache.close();
  });
});
