import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { chain } from "../../src/client/chain.ts";
import type { Client } from "../../src/contract/client.ts";
import type { Reply } from "../../src/contract/reply.ts";
import type { ChatRequest, JsonSchemaSource } from "../../src/contract/request.ts";
import { DualModeError } from "../../src/error.ts";
import { runTools } from "../../src/tools-loop/run-tools.ts";
import { says, scripted } from "../scripted-provider.ts";

interface Person {
  name: string;
  age: number;
}

const messages = [{ role: "user", content: "Who?" }] as const;
const answer = '{"name":"Ada","age":36}';
const person: Person = { name: "Ada", age: 36 };

const clientOf = (...texts: string[]) =>
  scripted({ sdk: { scripts: texts.map((text) => says(text)) } }, { retry: 0 }).client;

describe("the object of a reply has the schema's own type", () => {
  it("of zod, whatever its check makes of the answer", async () => {
    const schema = z.object({ name: z.string(), age: z.number().default(1) });
    const reply = await clientOf(answer).chat({ messages, schema });
    expectTypeOf(reply.object).toEqualTypeOf<Person | undefined>();
    expect(reply.object).toEqual(person);
  });

  it("of arktype", async () => {
    const schema = type({ name: "string", age: "number" });
    const reply = await clientOf(answer).chat({ messages, schema });
    expectTypeOf(reply.object).toEqualTypeOf<Person | undefined>();
    expect(reply.object).toEqual(person);
  });

  it("of valibot by its adapter", async () => {
    const schema = toStandardJsonSchema(v.object({ name: v.string(), age: v.number() }));
    const reply = await clientOf(answer).chat({ messages, schema });
    expectTypeOf(reply.object).toEqualTypeOf<Person | undefined>();
    expect(reply.object).toEqual(person);
  });

  it("of a source of one's own, which may take its time", async () => {
    const schema = { jsonSchema: {}, validate: async (value: unknown) => value as Person };
    const reply = await clientOf(answer).chat({ messages, schema });
    expectTypeOf(reply.object).toEqualTypeOf<Person | undefined>();
    expect(reply.object).toEqual(person);
  });

  it("of a run of tools", async () => {
    const schema = z.object({ name: z.string(), age: z.number() });
    const reply = await runTools(clientOf(answer), { messages, schema }, { tools: {} }).reply;
    expectTypeOf(reply.object).toEqualTypeOf<Person | undefined>();
    expect(reply.object).toEqual(person);
  });

  it("of a stream and of a chain", async () => {
    const schema = z.object({ name: z.string(), age: z.number() });
    const stream = clientOf(answer).stream({ messages, schema });
    expectTypeOf((await stream.reply).object).toEqualTypeOf<Person | undefined>();
    const reply = await chain([clientOf(answer)]).chat({ messages, schema });
    expectTypeOf(reply.object).toEqualTypeOf<Person | undefined>();
    expect(reply.object).toEqual(person);
  });

  it("and is unknown where nobody says", () => {
    const untyped: JsonSchemaSource = { jsonSchema: {}, validate: (value) => value };
    const request: ChatRequest = { messages, schema: untyped };
    const ask = (client: Client) => [client.chat("?"), client.chat(request)] as const;
    expectTypeOf<ReturnType<typeof ask>[0]>().toEqualTypeOf<Promise<Reply<unknown>>>();
    expectTypeOf<ReturnType<typeof ask>[1]>().toEqualTypeOf<Promise<Reply<unknown>>>();
  });
});

describe("an answer that does not fit", () => {
  const schema = z.object({ list: z.array(z.object({ age: z.number() })) });
  const failureOf = async (text: string): Promise<DualModeError> => {
    const failure: unknown = await clientOf(text)
      .chat({ messages, schema })
      .catch((error: unknown) => error);
    if (!DualModeError.is(failure)) throw failure;
    return failure;
  };

  // vercel/ai#4086, growthxai/output#245
  it("names the place, and carries the text", async () => {
    const text = '{"list":[{"age":1},{"age":"old"}]}';
    const failure = await failureOf(text);
    expect(failure.attempts[0]?.code).toBe("INVALID_OUTPUT");
    expect(failure.message).toMatch(/The answer does not fit the schema: list\[1\]\.age: .*number/);
    expect(failure.text).toBe(text);
    expect(failure.attempts[0]?.reason).toContain("list[1].age");
  });

  it("that is not JSON is told as that", async () => {
    const failure = await failureOf("Sorry, I cannot.");
    expect(failure.message).toMatch(/The answer is not JSON: /);
    expect(failure.text).toBe("Sorry, I cannot.");
  });

  it("makes no error long, and no log", async () => {
    // No key begins with this character: the end of a cut text that may begin one is removed.
    const text = JSON.stringify({ list: "·".repeat(100_000) });
    const failure = await failureOf(text);
    expect(failure.text).toHaveLength(64 * 1024 + 1);
    expect(failure.message.length).toBeLessThan(2_000);
    expect(JSON.stringify(failure).length).toBeLessThan(4_000);
    expect(Object.keys(failure)).not.toContain("text");
  });
});
