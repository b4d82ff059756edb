import * as z from "zod/mini";
import { type Form, form, once } from "./form.ts";

const notBlank = z.check<string>(({ value, issues }) => {
  if (value.trim() === "") {
    issues.push({ code: "custom", input: value, message: "must not be empty" });
  }
});

export const prompt: () => z.ZodMiniString = once(() => z.string().check(notBlank));

const text = once(() => z.strictObject({ type: z.literal("text"), text: z.string() }));
const image = once(() =>
  z.strictObject({
    type: z.literal("image"),
    mediaType: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
    data: prompt(),
  }),
);
const toolCall = once(() =>
  z.strictObject({
    id: z.string(),
    name: z.string(),
    input: z.unknown(),
    signature: z.optional(z.string()),
  }),
);

const saysSomething = z.check<{ type: string; text?: string }[]>(({ value, issues }) => {
  if (!value.some((part) => part.type === "image" || part.text?.trim())) {
    issues.push({ code: "custom", input: value, message: "must not be empty" });
  }
});

const message = once(() =>
  z.discriminatedUnion("role", [
    z.strictObject({ role: z.literal("system"), content: prompt() }),
    z.strictObject({
      role: z.literal("user"),
      content: z.union([
        prompt(),
        z.array(z.discriminatedUnion("type", [text(), image()])).check(saysSomething),
      ]),
    }),
    z.strictObject({
      role: z.literal("assistant"),
      content: z.union([z.string(), z.array(text())]),
      toolCalls: z.optional(z.array(toolCall())),
    }),
    z.strictObject({ role: z.literal("tool"), toolCallId: z.string(), content: z.string() }),
  ]),
);

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
const anyObject = once(() =>
  z.custom<object>(
    (value) => (typeof value === "object" || typeof value === "function") && value !== null,
  ),
);

/** What a request and the defaults of a client may both hold. */
export const askable: () => Readonly<Record<string, z.ZodMiniType>> = once(() => ({
  system: z.optional(prompt()),
  temperature: z.optional(z.number().check(z.gte(0), z.lte(2))),
  topP: z.optional(z.number().check(z.gte(0), z.lte(1))),
  stop: z.optional(z.array(z.string().check(z.minLength(1)))),
  maxOutputTokens: z.optional(z.int().check(z.gte(1))),
  seed: z.optional(z.int()),
  reasoning: z.optional(z.enum(["low", "medium", "high"])),
  schema: z.optional(anyObject().check(schemaSource)),
  tools: z.optional(
    z.array(
      z.strictObject({
        name: prompt(),
        description: z.optional(z.string()),
        inputSchema: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
}));

export const requestForm: Form = form(() =>
  z.strictObject({
    ...askable(),
    messages: z.array(message()).check(z.minLength(1)),
    model: z.optional(prompt()),
    sample: z.optional(z.int().check(z.gte(0))),
    metadata: z.optional(z.record(z.string(), z.string())),
  }),
);

export const promptForm: Form = form(prompt);
