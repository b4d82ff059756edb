import { memoryStore, openCache } from "@acc/cache";
import { createClaude } from "@acc/claude";
import type { ClientOptions } from "@acc/dual-mode";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Answer } from "../../scripts/loopback-server.ts";
import { claudePlays, inTurn } from "./claude-answers.ts";
import { bodyOf, collect, sdkAt, serve } from "./stage.ts";
import { versions } from "./versions.ts";

const caches: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(caches.splice(0).map((cache) => cache.close()));
});

async function memoryCache() {
  const cache = await openCache({ store: memoryStore() });
  caches.push(cache);
  return cache;
}

const says = (value: unknown) =>
  claudePlays({ text: typeof value === "string" ? value : JSON.stringify(value) });
const schema = z.object({ city: z.string(), people: z.number() });
/** What JSON Schema cannot say. */
const cityOfStyria = schema.refine(({ city }) => city === "Graz", "not in Styria");
const graz = { city: "Graz", people: 300_000 };
const linz = { city: "Linz", people: 200_000 };
const prompt = "Name a city.";

describe.each(versions)("an object of $name", ({ name, ai, createAcc }) => {
  const { generateObject, generateText, streamObject, streamText, Output } = ai;

  async function accAt(answer: Answer, options: ClientOptions = {}) {
    const server = await serve(answer);
    const client = createClaude({ ...sdkAt(server), ...options });
    const acc = createAcc({ claude: client });
    return { server, client, acc, model: acc("claude/claude-sonnet-5-5") };
  }

  /** Version 5 has another name for it. */
  const asked = (shape: z.ZodType) => {
    const output = Output.object({ schema: shape });
    return (name === "ai 5" ? { experimental_output: output } : { output }) as {
      output: typeof output;
    };
  };

  it("comes of generateObject, with its schema sent", async () => {
    const { model, server } = await accAt(says(graz));
    const schemaName = "city of the world";
    const named = { model, prompt, schema, schemaName, schemaDescription: "A city" };
    expect((await generateObject(named)).object).toEqual(graz);
    const sent = JSON.stringify(bodyOf(server));
    expect(sent).toContain('"people"');
    expect(sent).toContain("A city");
    expect(sent).not.toContain("$schema");
  });

  it("comes of generateText with Output.object", async () => {
    const { model } = await accAt(says(graz));
    const result = await generateText({ model, prompt, ...asked(schema) });
    expect(outputOf(result)).toEqual(graz);
  });

  it("streams as it grows", async () => {
    const { model } = await accAt(says(graz));
    const result = streamObject({ model, prompt, schema });
    const partials = await collect(result.partialObjectStream);
    expect(partials.length).toBeGreaterThan(2);
    expect(partials.at(-1)).toEqual(graz);
    expect(await result.object).toEqual(graz);
  });

  it("streams as it grows of streamText", async () => {
    const { model } = await accAt(says(graz));
    const result = streamText({ model, prompt, ...asked(schema) });
    const partials = await collect(partialsOf(result));
    expect(partials.length).toBeGreaterThan(2);
    expect(partials.at(-1)).toEqual(graz);
  });

  it("may be of no given shape, and a list", async () => {
    const { model } = await accAt(inTurn(says({ any: ["thing"] }), says({ elements: [graz] })));
    const free = await generateObject({ model, prompt, output: "no-schema" });
    expect(free.object).toEqual({ any: ["thing"] });
    const list = await generateObject({ model, prompt, output: "array", schema });
    expect(list.object).toEqual([graz]);
  });

  it("that does not fit its JSON Schema is asked for again, and never kept", async () => {
    const cache = await memoryCache();
    const { model, server } = await accAt(inTurn(says({ city: 7 }), says(graz)), { cache });
    expect((await generateObject({ model, prompt, schema })).object).toEqual(graz);
    expect(server.requests).toHaveLength(2);
    expect((await generateObject({ model, prompt, schema })).object).toEqual(graz);
    expect(server.requests).toHaveLength(2);
  });

  it("that never fits reaches the app's own ways with it", async () => {
    const { model, server } = await accAt(says('{"city":"Graz","people":"many"}'), { retry: 0 });
    const error = await generateObject({ model, prompt, schema }).catch((error) => error);
    expect(ai.NoObjectGeneratedError.isInstance(error)).toBe(true);
    expect(error.text).toBe('{"city":"Graz","people":"many"}');
    const { object } = await generateObject({
      model,
      prompt,
      schema,
      experimental_repairText: async ({ text }) => text.replace('"many"', "300000"),
    });
    expect(object).toEqual(graz);
    expect(server.requests).toHaveLength(2);
  });

  it("that never fits reaches them of a stream too", async () => {
    const { model } = await accAt(says({ city: "Graz" }));
    const result = streamObject({ model, prompt, schema, onError: () => {} });
    expect(await collect(result.partialObjectStream)).toContainEqual({ city: "Graz" });
    const error = await result.object.catch((error) => error);
    expect(ai.NoObjectGeneratedError.isInstance(error)).toBe(true);
  });

  it("kept by a client that checks less is asked for anew where it does not fit", async () => {
    const cache = await memoryCache();
    const { model, server, client } = await accAt(inTurn(says({ city: 7 }), says(graz)), { cache });
    const { $schema: _, ...jsonSchema } = z.toJSONSchema(schema, { target: "draft-7" });
    const messages = [{ role: "user", content: prompt }] as const;
    const loose = { jsonSchema, validate: (value: unknown) => value };
    const { cid } = await client.chat({ model: "claude-sonnet-5-5", messages, schema: loose });
    const strict = ai.jsonSchema(jsonSchema);
    const { object, providerMetadata } = await generateObject({ model, prompt, schema: strict });
    expect(object).toEqual(graz);
    expect(providerMetadata?.acc?.cid).toBe(cid);
    expect(server.requests).toHaveLength(2);
  });

  const ways = {
    generateObject: (model: never) => generateObject({ model, prompt, schema: cityOfStyria }),
    "generateText with Output.object": async (model: never) => {
      const result = await generateText({ model, prompt, ...asked(cityOfStyria) });
      return { object: outputOf(result) };
    },
    streamObject: async (model: never) => {
      const result = streamObject({ model, prompt, schema: cityOfStyria, onError: () => {} });
      await collect(result.textStream);
      return { object: await result.object };
    },
  };

  it.each(Object.entries(ways))("refused by the app is asked for anew: %s", async (_, ask) => {
    const cache = await memoryCache();
    const { acc, model, server } = await accAt(inTurn(says(linz), says(graz)), { cache });
    const error = await ask(model as never).catch((error) => error);
    expect(ai.NoObjectGeneratedError.isInstance(error)).toBe(true);
    expect(acc.refuse(error)).toBe(true);
    for (const _ of [1, 2]) expect((await ask(model as never)).object).toEqual(graz);
    expect(server.requests).toHaveLength(2);
  });

  it("refused without being of this provider is told so", async () => {
    const { acc } = await accAt(says(graz));
    expect(acc.refuse(new Error("no answer"))).toBe(false);
    expect(acc.refuse(undefined)).toBe(false);
  });
});

/** Version 5 says `experimental_output` for what the others call `output`. */
function outputOf(result: object): unknown {
  const { output, experimental_output } = result as Record<string, unknown>;
  return output ?? experimental_output;
}

function partialsOf(result: object): AsyncIterable<unknown> {
  const { partialOutputStream, experimental_partialOutputStream } = result as Record<
    string,
    AsyncIterable<unknown>
  >;
  return (partialOutputStream ?? experimental_partialOutputStream) as AsyncIterable<unknown>;
}
