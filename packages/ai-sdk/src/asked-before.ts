import type { ChatRequest, Message } from "@acc/dual-mode";

/** UTF-16 units of a text beyond which V8 makes its length its hash. */
const longest = 16_383;
/** UTF-16 units that each of the two generations holds. */
const most = 262_144;
/** What a request holds beside its texts, in their units. */
const frame = 200;

/**
 * Requests of texts alone, frozen as they were asked. Who asks the same again asks with the same
 * object, by which a client knows it where its cache had the answer, and neither reads nor hashes it anew.
 */
export class AskedBefore {
  /** By the last text, the request that ended with it last. */
  #young = new Map<string, ChatRequest>();
  #old = new Map<string, ChatRequest>();
  #size = 0;

  /** The request as it was asked before; itself, where it was not. */
  same(request: ChatRequest): ChatRequest {
    const text = request.messages.at(-1)?.content;
    if (typeof text !== "string" || text.length > longest) return request;
    const young = this.#young.get(text);
    if (young !== undefined && isSame(young, request)) return young;
    const old = this.#old.get(text);
    if (old !== undefined && isSame(old, request)) return this.#keep(text, old);
    return isOfTexts(request) ? this.#keep(text, frozen(request)) : request;
  }

  #keep(text: string, request: ChatRequest): ChatRequest {
    const size = sizeOf(request);
    if (size > most) return request;
    this.#size += size;
    if (this.#size > most) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = size;
    }
    this.#young.set(text, request);
    return request;
  }
}

function isSame(one: ChatRequest, other: ChatRequest): boolean {
  const names = Object.keys(other) as (keyof ChatRequest)[];
  if (names.length !== Object.keys(one).length) return false;
  return names.every((name) =>
    name === "messages"
      ? isSameTalk(one.messages, other.messages)
      : Object.hasOwn(one, name) && Object.is(one[name], other[name]),
  );
}

function isSameTalk(one: readonly Message[], other: readonly Message[]): boolean {
  return one.length === other.length && one.every((message, at) => isSaidIn(message, other[at]));
}

function isSaidIn({ role, content }: Message, other: Message | undefined): boolean {
  return role === other?.role && content === other.content;
}

/** Whether nothing but its words and plain settings tell it from another. */
function isOfTexts({ messages, ...settings }: ChatRequest): boolean {
  return (
    messages.every(({ role, content }) => role !== "tool" && typeof content === "string") &&
    Object.values(settings).every((value) => typeof value !== "object")
  );
}

function sizeOf({ messages }: ChatRequest): number {
  return messages.reduce((sum, { content }) => sum + frame + content.length, 0);
}

function frozen(request: ChatRequest): ChatRequest {
  request.messages.forEach(Object.freeze);
  Object.freeze(request.messages);
  return Object.freeze(request);
}
