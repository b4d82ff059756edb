import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { JsonSchemaSource, StandardSchema } from "../../src/contract/request.ts";
import { responseSchema } from "../../src/request/response-schema.ts";

/** The same shape, as each library says it. */
const shapes: Readonly<Record<string, StandardSchema<{ name: string; list: { age: number }[] }>>> =
  {
    zod: z.object({ name: z.string(), list: z.array(z.object({ age: z.number() })) }),
    arktype: type({ name: "string", list: type({ age: "number" }).array() }),
    valibot: toStandardJsonSchema(
      v.object({ name: v.string(), list: v.array(v.object({ age: v.number() })) }),
    ),
  };
const fit = { name: "Ada", list: [{ age: 36 }] };

describe.each(Object.keys(shapes))("a schema of %s", (library) => {
  const shape = shapes[library] as StandardSchema;

  it("is sent as JSON Schema, and checks the answer", async () => {
    const { jsonSchema, validate } = responseSchema(shape);
    expect(jsonSchema).toMatchObject({ type: "object", properties: { name: { type: "string" } } });
    expect(jsonSchema).not.toHaveProperty("$schema");
    expect(await validate(fit)).toEqual(fit);
  });

  // growthxai/output#245: where an answer does not fit was told by nobody.
  it("says where an answer does not fit", async () => {
    const { validate } = responseSchema(shape);
    const wrong = async () => validate({ name: 1, list: [{ age: 36 }, { age: "x" }] });
    await expect(wrong()).rejects.toThrow(/(^|; )name\b/);
    await expect(wrong()).rejects.toThrow(/(^|; )list\[1\]\.age\b/);
  });

  it("is made once", () => expect(responseSchema(shape)).toBe(responseSchema(shape)));
});

const valibot = (schema: Parameters<typeof toStandardJsonSchema>[0]) =>
  toStandardJsonSchema(schema) as StandardSchema;

// colinhacks/zod#4508, triggerdotdev/trigger.dev#4939: the place was not told.
describe("what JSON has no value of is refused, and its place named", () => {
  const refused: Readonly<Record<string, readonly [() => StandardSchema, string]>> = {
    "a date of zod": [() => z.object({ list: z.array(z.object({ on: z.date() })) }), ".list[].on"],
    "a transform of zod": [() => z.object({ a: z.string().transform(Number) }), ".a"],
    "a bigint of zod": [() => z.object({ a: z.tuple([z.string(), z.bigint()]) }), ".a[1]"],
    "a map of zod": [
      () => z.object({ a: z.union([z.string(), z.map(z.string(), z.string())]) }),
      ".a",
    ],
    "a function of zod": [() => z.object({ "a b": z.optional(z.custom(() => true)) }), '["a b"]'],
    "a record of dates of zod": [() => z.object({ a: z.record(z.string(), z.date()) }), ".a.*"],
    "a text that becomes a number of zod": [
      () => z.object({ a: z.string().transform(Number).pipe(z.number()) }),
      ".a",
    ],
    "a text that becomes true of zod": [() => z.object({ a: z.stringbool() }), ".a"],
    "zod alone": [() => z.date(), ""],
    "a date of arktype": [() => type({ list: type({ on: "Date" }).array() }), ".list[].on"],
    "a morph of arktype": [() => type({ a: type("string").pipe(Number) }), ".a"],
    "a parsed number of arktype": [() => type({ a: "string.numeric.parse" }), ".a"],
    "a bigint of arktype": [() => type({ "a?": "bigint" }), ".a"],
    "a date of valibot": [() => valibot(v.object({ a: v.array(v.date()) })), ".a[]"],
    "a transform of valibot": [
      () => valibot(v.object({ a: v.pipe(v.string(), v.transform(Number)) })),
      ".a",
    ],
    "a bigint of valibot": [() => valibot(v.object({ a: v.optional(v.bigint()) })), ".a"],
  };

  it.each(Object.keys(refused))("%s", (name) => {
    const [make, path] = refused[name] as (typeof refused)[string];
    const error = expect.objectContaining({
      code: "INVALID_REQUEST",
      message: expect.stringMatching(/^request\.schema/),
      fix: expect.stringMatching(/Ask for JSON values/),
    });
    expect(() => responseSchema(make())).toThrowError(error);
    expect(() => responseSchema(make())).toThrow(`request.schema${path}: `);
  });
});

describe("what JSON holds is taken", () => {
  const taken: Readonly<Record<string, () => StandardSchema>> = {
    "defaults and unions of zod": () =>
      z.object({ a: z.string().default("x"), b: z.union([z.string(), z.number()]).nullable() }),
    "coercion of zod": () => z.object({ a: z.coerce.number() }),
    "a check of zod": () => z.object({ a: z.string().refine((value) => value !== "x") }),
    "what holds itself of zod": () => {
      const node = z.object({
        name: z.string(),
        get more() {
          return z.array(node);
        },
      });
      return node;
    },
    "a check of arktype": () => type({ a: type("string").narrow((value) => value !== "x") }),
    "optional and nullable of valibot": () =>
      valibot(v.object({ a: v.optional(v.string(), "x"), b: v.nullish(v.number()) })),
  };

  it.each(Object.keys(taken))("%s", (name) => {
    expect(responseSchema((taken[name] as () => StandardSchema)()).jsonSchema).toMatchObject({
      type: "object",
    });
  });
});

it("a source of one's own is left as it is", () => {
  const source: JsonSchemaSource = { jsonSchema: {}, validate: (value) => value };
  expect(responseSchema(source)).toBe(source);
});
