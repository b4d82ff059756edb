import * as v from "valibot";

const prompt = v.pipe(
  v.string(),
  v.check((value) => value.trim() !== "", "must not be empty"),
);
const integer = v.pipe(v.number(), v.safeInteger());
const number = v.pipe(v.number(), v.finite());
const atLeast = (least: number) => v.pipe(integer, v.minValue(least));
const between = (least: number, most: number) =>
  v.pipe(number, v.minValue(least), v.maxValue(most));

/** An object and no list, which `strictObject` and `record` take for one. */
const anObject = v.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "must be an object",
);
const withMembers = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(anObject, v.strictObject(entries));
const recordOf = (value: v.GenericSchema) => v.pipe(anObject, v.record(v.string(), value));

const text = v.strictObject({ type: v.literal("text"), text: v.string() });
const image = v.strictObject({
  type: v.literal("image"),
  mediaType: v.picklist(["image/png", "image/jpeg", "image/webp", "image/gif"]),
  data: prompt,
});
const toolCall = withMembers({ id: v.string(), name: v.string(), input: v.unknown() });

const content = v.pipe(
  v.array(v.variant("type", [text, image])),
  v.check(
    (parts) => parts.some((part) => part.type === "image" || part.text.trim() !== ""),
    "must not be empty",
  ),
);

const message = v.variant("role", [
  v.strictObject({ role: v.literal("system"), content: prompt }),
  v.strictObject({ role: v.literal("user"), content: v.union([prompt, content]) }),
  v.strictObject({
    role: v.literal("assistant"),
    content: v.union([v.string(), v.array(text)]),
    toolCalls: v.optional(v.array(toolCall)),
  }),
  v.strictObject({ role: v.literal("tool"), toolCallId: v.string(), content: v.string() }),
]);

interface SchemaSource {
  readonly jsonSchema?: unknown;
  readonly validate?: unknown;
  readonly "~standard"?: { readonly jsonSchema?: unknown };
}

const schemaSource = v.custom<SchemaSource>((value) => {
  if (!["object", "function"].includes(typeof value) || value === null) return false;
  const { jsonSchema, validate, "~standard": standard } = value as SchemaSource;
  const own = typeof jsonSchema === "object" && typeof validate === "function";
  return own || standard?.jsonSchema !== undefined;
}, "must be a Standard Schema that gives JSON Schema (zod 4.2 and later), or { jsonSchema, validate }");

const shared = {
  system: v.optional(prompt),
  temperature: v.optional(between(0, 2)),
  topP: v.optional(between(0, 1)),
  stop: v.optional(v.array(v.pipe(v.string(), v.minLength(1)))),
  maxOutputTokens: v.optional(atLeast(1)),
  seed: v.optional(integer),
  reasoning: v.optional(v.picklist(["low", "medium", "high"])),
  schema: v.optional(schemaSource),
  tools: v.optional(
    v.array(
      withMembers({ name: prompt, description: v.optional(v.string()), inputSchema: anObject }),
    ),
  ),
};

const request = {
  ...shared,
  messages: v.pipe(v.array(message), v.minLength(1)),
  model: v.optional(prompt),
  sample: v.optional(atLeast(0)),
  metadata: v.optional(recordOf(v.string())),
};

const milliseconds = v.pipe(number, v.gtValue(0));
const timeout = v.union([
  milliseconds,
  withMembers({
    total: v.optional(milliseconds),
    firstPart: v.optional(milliseconds),
    idle: v.optional(milliseconds),
  }),
]);
const mode = v.optional(v.picklist(["cli", "sdk"]));
const callShared = {
  timeout: v.optional(timeout),
  prefer: mode,
  only: mode,
  lenient: v.optional(v.boolean()),
  tenant: v.optional(v.pipe(prompt, v.maxLength(128))),
  user: v.optional(prompt),
};

const callOptions = {
  ...callShared,
  signal: v.optional(v.instance(AbortSignal)),
  cache: v.optional(v.picklist(["default", "refresh", "only", "off"])),
};

const listOptions = { timeout: v.optional(timeout), signal: callOptions.signal };

const perMillion = v.pipe(number, v.minValue(0));
const price = withMembers({
  input: perMillion,
  output: perMillion,
  cacheRead: v.optional(perMillion),
  cacheWrite: v.optional(perMillion),
});

/** False, or an object that can do what the engine asks of it. */
const falseOr = (method: string, what: string) =>
  v.custom<object | false>(
    (value) => value === false || typeof Object(value)[method] === "function",
    `must be ${what}, or false`,
  );

const isWebAddress = (value: unknown) =>
  typeof value === "string" && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

const clientOptions = {
  ...callShared,
  apiKey: v.optional(prompt),
  apiKeys: v.optional(v.pipe(v.array(prompt), v.minLength(1))),
  secrets: v.optional(falseOr("getAll", "a secrets manager")),
  cache: v.optional(falseOr("getOrStream", "a cache")),
  billing: v.optional(v.picklist(["any", "login", "key"])),
  retry: v.optional(atLeast(0)),
  cliPath: v.optional(prompt),
  cli: v.optional(withMembers({ env: v.optional(recordOf(v.string())) })),
  baseUrl: v.optional(v.custom<string>(isWebAddress, "must be an http or https URL")),
  model: v.optional(prompt),
  prices: v.optional(recordOf(price)),
  defaults: v.optional(withMembers(shared)),
  onEvent: v.optional(v.function()),
};

export const requestSchema: v.GenericSchema = withMembers(request);
export const requestNames: readonly string[] = Object.keys(request);
export const callOptionsSchema: v.GenericSchema = withMembers(callOptions);
export const callOptionNames: readonly string[] = Object.keys(callOptions);
export const listOptionsSchema: v.GenericSchema = withMembers(listOptions);
export const listOptionNames: readonly string[] = Object.keys(listOptions);
export const clientOptionsSchema: v.GenericSchema = withMembers(clientOptions);
export const clientOptionNames: readonly string[] = Object.keys(clientOptions);
export const promptSchema: v.GenericSchema = prompt;
export const chainOptionsSchema: v.GenericSchema = withMembers({
  on: v.optional(v.array(v.string())),
  models: v.optional(recordOf(prompt)),
});
