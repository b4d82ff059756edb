import * as z from "zod/mini";
import { type Form, isText, type Member, once, unless } from "./form.ts";

const notBlank = z.check<string>(({ value, issues }) => {
  if (value.trim() === "") {
    issues.push({ code: "custom", input: value, message: "must not be empty" });
  }
});

export const prompt: () => z.ZodMiniString = once(() => z.string().check(notBlank));
/** A text that is not blank. */
export const words: Member = unless((value) => isText(value) && /\S/.test(value), prompt);

const schemaSource = z.check<unknown>(({ value, issues }) => {
  const source = value as {
    jsonSchema?: unknown;
    validate?: unknown;
    "~standard"?: { jsonSchema?: unknown };
  };
  const own = typeof source.jsonSchema === "object" && typeof source.validate === "function";
  if (!own && source["~standard"]?.jsonSchema === undefined) {
    issues.push({
      code: "custom",
      input: value,
      message:
        "must be a Standard Schema that gives JSON Schema (zod 4.2 and later), or { jsonSchema, validate }",
    });
  }
});
const anyObject = () =>
  z.custom<object>(
    (value) => (typeof value === "object" || typeof value === "function") && value !== null,
  );
const tools = once(() =>
  z.array(
    z.strictObject({
      name: prompt(),
      description: z.optional(z.string()),
      inputSchema: z.record(z.string(), z.unknown()),
      strict: z.optional(z.boolean()),
    }),
  ),
);

const penalty = once(() => z.number().check(z.gte(-2), z.lte(2)));
const choice = once(() => z.enum(["auto", "none", "required"]));
const oneTool = once(() => z.strictObject({ tool: prompt() }));

/** Members that both a request and a client's defaults may have. */
export const askable: Readonly<Record<string, Member>> = {
  system: unless(
    isText,
    once(() => z.string()),
  ),
  temperature: once(() => z.number().check(z.gte(0), z.lte(2))),
  topP: once(() => z.number().check(z.gte(0), z.lte(1))),
  stop: once(() => z.array(z.string().check(z.minLength(1)))),
  maxOutputTokens: once(() => z.int().check(z.gte(1))),
  seed: once(() => z.int()),
  topK: once(() => z.int().check(z.gte(1))),
  presencePenalty: penalty,
  frequencyPenalty: penalty,
  reasoning: once(() => z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"])),
  schema: once(() => anyObject().check(schemaSource)),
  schemaName: once(() =>
    z.string().check(z.regex(/^[\w-]{1,64}$/, "must be 1 to 64 of A-Z, a-z, 0-9, _ and -")),
  ),
  json: once(() => z.literal(true)),
  tools,
  toolChoice: (value) => (typeof value === "string" ? choice : oneTool)(),
  parallelTools: once(() => z.boolean()),
  vendor: once(() => z.record(z.string(), z.record(z.string(), z.unknown()))),
};

/** Its messages are checked separately, each against its own form. */
export const requestForm: Form = {
  members: {
    ...askable,
    messages: unless(
      (value) => Array.isArray(value) && value.length > 0,
      once(() => z.array(z.unknown()).check(z.minLength(1))),
    ),
    model: words,
    sample: once(() => z.int().check(z.gte(0))),
    metadata: once(() => z.record(z.string(), z.string())),
  },
  required: ["messages"],
};
