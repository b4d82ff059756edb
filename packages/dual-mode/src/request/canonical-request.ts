import type { CanonicalRequest } from "../contract/canonical.ts";
import type { RequestDefaults } from "../contract/client.ts";
import type { ChatRequest, JsonSchema, Tool } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { jsonCopy } from "../history/json-copy.ts";
import { sendableHistory } from "../history/sendable-history.ts";
import { wellFormed } from "../history/well-formed.ts";
import { check } from "./check.ts";
import { checkMessages } from "./check-messages.ts";
import { requestForm, words } from "./request-forms.ts";
import { anyJson, type ResponseSchema, responseSchema } from "./response-schema.ts";

/** A request in its one form, and the schema for the check of its answer. */
export interface CheckedRequest {
  readonly canonical: CanonicalRequest;
  readonly schema: ResponseSchema | undefined;
}

/**
 * Checks a caller's request, merges the client's defaults into it, and returns it in its one form.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST`, naming the member
 */
export function canonicalRequest(
  input: string | ChatRequest,
  defaults: RequestDefaults | undefined,
  defaultModel: string,
  provider = "",
): CheckedRequest {
  const given = present(readInput(input));
  const request = defaults === undefined ? given : { ...defaults, ...given };
  const { messages, model, sample, schema, schemaName, json, vendor, stop } = request;
  const history = sendableHistory(messages);
  const answer = schema === undefined ? undefined : responseSchema(schema);
  const canonical: CanonicalRequest = {
    ...unshaped(request),
    ...present({
      system: joined([request.system ?? "", ...history.system]),
      sample,
      schema: answer && (jsonCopy(answer.jsonSchema, "request.schema") as JsonSchema),
      schemaName: answer && schemaName,
      json: answer ? undefined : json,
      ...toolMembers(request),
      vendor: ownMembers(vendor, provider),
      stop: stop?.length ? stop.map(wellFormed) : undefined,
    }),
    model: model === undefined ? named(defaultModel) : wellFormed(model),
    messages: history.messages,
  };
  return { canonical, schema: answer ?? (json && anyJson) };
}

/** A provider for a server whose models are not known has no default model. */
function named(defaultModel: string): string {
  if (defaultModel !== "") return defaultModel;
  throw new DualModeError(
    "INVALID_REQUEST",
    "No model is named, and the provider has no default.",
    {
      fix: "Name one that it has, in the request or in the client's option model.",
    },
  );
}

function readInput(input: string | ChatRequest): ChatRequest {
  if (typeof input === "string") {
    const shape = words(input);
    if (shape !== undefined) check(shape, input, "prompt");
    return { messages: [{ role: "user", content: input }] };
  }
  if (typeof input !== "object" || input === null) {
    throw new DualModeError(
      "INVALID_REQUEST",
      `prompt must be a string or a request, not ${input === null ? "null" : typeof input}.`,
    );
  }
  check(requestForm, input, "request");
  checkMessages(input.messages, "request.messages");
  return input;
}

function joined(said: readonly string[]): string | undefined {
  return wellFormed(said.filter((each) => each.trim() !== "").join("\n\n")) || undefined;
}

/** Leaves out `toolChoice` and `parallelTools` if there are no tools. */
function toolMembers({
  tools = [],
  toolChoice,
  parallelTools,
}: Pick<ChatRequest, "tools" | "toolChoice" | "parallelTools">) {
  const named = typeof toolChoice === "object" ? toolChoice.tool : undefined;
  if (named !== undefined && !tools.some(({ name }) => name === named)) {
    throw invalid("request.toolChoice.tool", `no tool of the request has the name "${named}"`);
  }
  if (tools.length === 0) {
    if (toolChoice !== "required") return {};
    throw invalid("request.toolChoice", "a call is required, and the request has no tools");
  }
  return {
    tools: canonicalTools(tools),
    toolChoice: toolChoice === "auto" ? undefined : toolChoice,
    parallelTools: parallelTools === false ? parallelTools : undefined,
  };
}

function canonicalTools(tools: readonly Tool[]): readonly Tool[] {
  const names = new Map<string, number>();
  return tools.map((tool, index) => {
    const at = `request.tools[${index}]`;
    const namesake = names.get(tool.name);
    if (namesake !== undefined) {
      throw invalid(`${at}.name`, `request.tools[${namesake}] has the name "${tool.name}" too`);
    }
    names.set(tool.name, index);
    const { description, ...rest } = tool;
    const said = description?.trim() ? { description } : {};
    return jsonCopy({ ...rest, ...said }, at) as Tool;
  });
}

function ownMembers(vendor: ChatRequest["vendor"], provider: string): CanonicalRequest["vendor"] {
  if (vendor === undefined || !Object.hasOwn(vendor, provider)) return undefined;
  if (Object.keys(vendor[provider] ?? {}).length === 0) return undefined;
  const at = `request.vendor.${provider}`;
  return jsonCopy(vendor[provider], at) as Readonly<Record<string, unknown>>;
}

/** Members that have a different form in the canonical request, or are not in it. */
type Shaped = keyof typeof shaped;
const shaped = {
  messages: true,
  metadata: true,
  model: true,
  system: true,
  sample: true,
  schema: true,
  schemaName: true,
  json: true,
  tools: true,
  toolChoice: true,
  parallelTools: true,
  vendor: true,
  stop: true,
} as const;

/**
 * Returns the other members. A loop, because a rest pattern with so many names costs a cache hit
 * half as much as its key.
 */
function unshaped(request: ChatRequest): Omit<ChatRequest, Shaped> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(request)) {
    if (!Object.hasOwn(shaped, name)) found[name] = value;
  }
  return found;
}

function present<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const found: Partial<T> = {};
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) found[name] = members[name];
  }
  return found as never;
}

function invalid(at: string, what: string): DualModeError {
  return new DualModeError("INVALID_REQUEST", `${at}: ${what}.`);
}
