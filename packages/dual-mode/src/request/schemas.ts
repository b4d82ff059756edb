import * as z from "zod/mini";

const notBlank = z.check<string>(({ value, issues }) => {
  if (value.trim() === "") {
    issues.push({ code: "custom", input: value, message: "must not be empty" });
  }
});

const prompt = z.string().check(notBlank);
const text = z.strictObject({ type: z.literal("text"), text: z.string() });
const image = z.strictObject({
  type: z.literal("image"),
  mediaType: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
  data: z.string().check(notBlank),
});
const toolCall = z.strictObject({
  id: z.string(),
  name: z.string(),
  input: z.unknown(),
  signature: z.optional(z.string()),
});
const jsonSchema = z.record(z.string(), z.unknown());

const saysSomething = z.check<{ type: string; text?: string }[]>(({ value, issues }) => {
  if (!value.some((part) => part.type === "image" || part.text?.trim())) {
    issues.push({ code: "custom", input: value, message: "must not be empty" });
  }
});

const message = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("system"), content: prompt }),
  z.strictObject({
    role: z.literal("user"),
    content: z.union([
      prompt,
      z.array(z.discriminatedUnion("type", [text, image])).check(saysSomething),
    ]),
  }),
  z.strictObject({
    role: z.literal("assistant"),
    content: z.union([z.string(), z.array(text)]),
    toolCalls: z.optional(z.array(toolCall)),
  }),
  z.strictObject({ role: z.literal("tool"), toolCallId: z.string(), content: z.string() }),
]);

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
const anyObject = z.custom<object>(
  (value) => (typeof value === "object" || typeof value === "function") && value !== null,
);

const shared = {
  system: z.optional(prompt),
  temperature: z.optional(z.number().check(z.gte(0), z.lte(2))),
  topP: z.optional(z.number().check(z.gte(0), z.lte(1))),
  stop: z.optional(z.array(z.string().check(z.minLength(1)))),
  maxOutputTokens: z.optional(z.int().check(z.gte(1))),
  seed: z.optional(z.int()),
  reasoning: z.optional(z.enum(["low", "medium", "high"])),
  schema: z.optional(anyObject.check(schemaSource)),
  tools: z.optional(
    z.array(
      z.strictObject({
        name: prompt,
        description: z.optional(z.string()),
        inputSchema: jsonSchema,
      }),
    ),
  ),
};

const request = z.strictObject({
  ...shared,
  messages: z.array(message).check(z.minLength(1)),
  model: z.optional(prompt),
  sample: z.optional(z.int().check(z.gte(0))),
  metadata: z.optional(z.record(z.string(), z.string())),
});

const milliseconds = z.number().check(z.gt(0));
const timeout = z.optional(
  z.union([
    milliseconds,
    z.strictObject({
      total: z.optional(milliseconds),
      firstPart: z.optional(milliseconds),
      idle: z.optional(milliseconds),
    }),
  ]),
);
const mode = z.optional(z.enum(["cli", "sdk"]));
const callShared = {
  timeout,
  prefer: mode,
  only: mode,
  lenient: z.optional(z.boolean()),
  tenant: z.optional(prompt.check(z.maxLength(128))),
  user: z.optional(prompt),
};

const callOptions = z.strictObject({
  ...callShared,
  signal: z.optional(z.instanceof(AbortSignal)),
  cache: z.optional(z.enum(["default", "refresh", "only", "off"])),
});

const listOptions = z.strictObject({
  timeout,
  signal: callOptions.shape.signal,
});

const perMillion = z.number().check(z.gte(0));
const price = z.strictObject({
  input: perMillion,
  output: perMillion,
  cacheRead: z.optional(perMillion),
  cacheWrite: z.optional(perMillion),
});

/** False, or an object that can do what the engine asks of it. */
const falseOr = (method: string) =>
  z.optional(
    z.custom<object | false>(
      (value) => value === false || typeof Object(value)[method] === "function",
    ),
  );

const clientOptions = z.strictObject({
  ...callShared,
  apiKey: z.optional(prompt),
  apiKeys: z.optional(z.array(prompt).check(z.minLength(1))),
  secrets: falseOr("getAll"),
  cache: falseOr("getOrStream"),
  billing: z.optional(z.enum(["any", "login", "key"])),
  retry: z.optional(z.int().check(z.gte(0))),
  cliPath: z.optional(prompt),
  cli: z.optional(z.strictObject({ env: z.optional(z.record(z.string(), z.string())) })),
  baseUrl: z.optional(z.url({ protocol: /^https?$/ })),
  model: z.optional(prompt),
  prices: z.optional(z.record(z.string(), price)),
  defaults: z.optional(z.strictObject(shared)),
  onEvent: z.optional(z.custom((value) => typeof value === "function")),
});

export const requestSchema: z.ZodMiniType = request;
export const requestNames: readonly string[] = Object.keys(request.shape);
export const callOptionsSchema: z.ZodMiniType = callOptions;
export const callOptionNames: readonly string[] = Object.keys(callOptions.shape);
export const listOptionsSchema: z.ZodMiniType = listOptions;
export const listOptionNames: readonly string[] = Object.keys(listOptions.shape);
export const clientOptionsSchema: z.ZodMiniType = clientOptions;
export const clientOptionNames: readonly string[] = Object.keys(clientOptions.shape);
export const promptSchema: z.ZodMiniType = prompt;
export const chainOptionsSchema: z.ZodMiniType = z.strictObject({
  on: z.optional(z.array(z.string())),
  models: z.optional(z.record(z.string(), prompt)),
});
