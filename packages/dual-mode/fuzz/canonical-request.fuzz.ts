import { memoryStore, openCache } from "@acc/cache";
import fc from "fast-check";
import type { CanonicalMessage, CanonicalRequest } from "../src/contract/canonical.ts";
import type { ChatRequest } from "../src/contract/request.ts";
import { DualModeError } from "../src/error.ts";
import { canonicalRequest } from "../src/request/canonical-request.ts";
import { messages } from "./support/histories.ts";

/** The canonical form; undefined where the request is refused, as it may be with `INVALID_REQUEST` alone. */
function canonical(request: unknown): CanonicalRequest | undefined {
  try {
    return canonicalRequest(request as ChatRequest, {}, "model").canonical;
  } catch (error) {
    if (DualModeError.is(error) && error.code === "INVALID_REQUEST") return undefined;
    throw error;
  }
}

const histories = messages({ thought: ["mine:thought"], call: ["mine:call"] });
const cache = openCache({ store: memoryStore() });

export default {
  "any value as a request has its form or is refused": fc.property(
    fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
      fc.record({ messages: fc.array(fc.anything()), tools: fc.anything(), system: fc.anything() }),
      fc.record({ messages: histories, tools: fc.anything(), stop: fc.anything() }),
    ),
    (request) => {
      canonical(request);
    },
  ),
  "a history that has its form can be sent": fc.property(histories, (given) => {
    const form = canonical({ messages: given });
    if (form !== undefined) checkSendable(form);
  }),
  "the form of a form is the same, and so is its key": fc.property(histories, (given) => {
    const form = canonical({ messages: given });
    if (form === undefined) return;
    const again = canonical(form);
    if (JSON.stringify(again) !== JSON.stringify(form)) throw new Error("It changed.");
    if (cache.key({ ...again }) !== cache.key({ ...form })) throw new Error("Its key changed.");
  }),
};

function checkSendable({ messages: sent }: CanonicalRequest): void {
  const ids = new Set<string>();
  let open: string[] = [];
  for (const message of sent) {
    if (/\\ud[89a-f]/i.test(JSON.stringify(message))) throw new Error("Text is not well-formed.");
    checkContent(message);
    if (message.role === "tool") {
      if (message.toolCallId !== open.shift()) throw new Error("A result is not in its place.");
      continue;
    }
    if (open.length > 0) throw new Error("A call has no result.");
    if (message.role === "user") continue;
    open = message.content.flatMap((piece) => (piece.type === "tool-call" ? [piece.id] : []));
    for (const id of open) {
      if (id === "" || ids.has(id)) throw new Error("An id is not unique.");
      ids.add(id);
    }
  }
  if (open.length > 0) throw new Error("The last call has no result.");
  if (!sent.length || sent.at(-1)?.role === "assistant") throw new Error("Nothing is asked.");
}

function checkContent({ role, content }: CanonicalMessage): void {
  if (role !== "tool" && content.every(({ type }) => type === "reasoning")) {
    throw new Error("A turn says nothing.");
  }
  for (const piece of content) {
    if (piece.type === "text" && piece.text.trim() === "") throw new Error("A text is blank.");
    const input: unknown = piece.type === "tool-call" ? piece.input : {};
    if (typeof input !== "object" || input === null || Array.isArray(input)) {
      throw new Error("A call's input is no object.");
    }
  }
}
