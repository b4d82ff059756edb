import type { CanonicalRequest } from "../contract/canonical.ts";
import type { ModeBatch } from "../contract/mode-batch.ts";
import type { Part } from "../contract/part.ts";
import type { NameRule } from "./fitted-name.ts";
import { type FittedNames, fitNames } from "./fitted-names.ts";

type Run<Context> = (request: CanonicalRequest, context: Context) => AsyncIterable<Part>;

/**
 * Wraps the `run` of a mode whose vendor does not accept all names of callers' tools: it gets names
 * that fit, and its answers have the callers' own names. Agents put a server and a plugin before
 * the name of each tool, which makes it longer than a vendor's 64 characters
 * (BerriAI/litellm#17904, agentgateway/agentgateway#2379).
 */
export function withFittedNames<Context>(rule: NameRule, run: Run<Context>): Run<Context> {
  return (request, context) => {
    const { asked, named } = toFittedNames(request, rule);
    return named(run(asked, context));
  };
}

/** Wraps a vendor's batches in the same way: their lines and their results. */
export function withFittedBatch<Options>(
  rule: NameRule,
  batch: ModeBatch<Options>,
): ModeBatch<Options> {
  return {
    ...batch,
    body: (request, context) => batch.body(toFittedNames(request, rule).asked, context),
    read(result, request, context) {
      const { asked, named } = toFittedNames(request, rule);
      return named(batch.read(result, asked, context));
    },
  };
}

/**
 * Returns a request with names that fit, and a function that restores the callers' names in the
 * parts of its answer.
 */
export function toFittedNames(
  request: CanonicalRequest,
  rule: NameRule,
): {
  readonly asked: CanonicalRequest;
  readonly named: (parts: AsyncIterable<Part>) => AsyncIterable<Part>;
} {
  const names = (request.tools ?? []).map(({ name }) => name);
  const { fitted, given } = fitNames(names, rule);
  const stays = (name: string) => fitted(name) === name;
  if (names.every(stays) && callsOf(request).every(stays)) {
    return { asked: request, named: (parts) => parts };
  }
  return {
    asked: fittedRequest(request, fitted),
    named: (parts) => withGivenNames(parts, given),
  };
}

/** The names of all calls in the conversation, whose tools may no longer be offered. */
function callsOf({ messages }: CanonicalRequest): string[] {
  const names: string[] = [];
  for (const message of messages) {
    if (message.role !== "assistant") continue;
    for (const piece of message.content) if (piece.type === "tool-call") names.push(piece.name);
  }
  return names;
}

/** Returns the request with fitted names in its tools, its tool choice and its calls. */
export function fittedRequest(
  request: CanonicalRequest,
  fitted: FittedNames["fitted"],
): CanonicalRequest {
  const { tools, toolChoice: choice, messages } = request;
  return {
    ...request,
    messages: fittedCalls(messages, fitted),
    ...(tools && { tools: tools.map((tool) => ({ ...tool, name: fitted(tool.name) })) }),
    ...(typeof choice === "object" && { toolChoice: { tool: fitted(choice.tool) } }),
  };
}

function fittedCalls(
  messages: CanonicalRequest["messages"],
  fitted: FittedNames["fitted"],
): CanonicalRequest["messages"] {
  return messages.map((message) => {
    if (message.role !== "assistant") return message;
    const content = message.content.map((piece) =>
      piece.type === "tool-call" ? { ...piece, name: fitted(piece.name) } : piece,
    );
    return { ...message, content };
  });
}

async function* withGivenNames(
  parts: AsyncIterable<Part>,
  given: FittedNames["given"],
): AsyncGenerator<Part, void, undefined> {
  for await (const part of parts) {
    const isCall = part.type === "tool-call" || part.type === "tool-input";
    yield isCall ? { ...part, name: given(part.name) ?? part.name } : part;
  }
}
