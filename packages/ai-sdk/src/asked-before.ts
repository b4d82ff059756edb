import type { ChatRequest, Message } from "@acc/dual-mode";

/** UTF-16 units of a text beyond which V8 makes its length its hash. */
const longestKey = 16_383;
/** UTF-16 units at the end of such a text by which it is found. */
const tail = 1_024;
/** UTF-16 units that are held. */
const most = 2_097_152;
/** What a request holds beside its texts, in their units. */
const frame = 200;

/**
 * Requests of texts alone, frozen as they were asked. Who asks the same again asks with the same
 * object, by which a client knows it where its cache had the answer, and neither reads nor hashes it anew.
 */
export class AskedBefore {
  /** By the last text, or its end, the request that ended with it last; the oldest first. */
  readonly #kept = new Map<string, ChatRequest>();
  #size = 0;

  /** The request as it was asked before; itself, where it was not. */
  same(request: ChatRequest): ChatRequest {
    const text = request.messages.at(-1)?.content;
    if (typeof text !== "string") return request;
    const key = text.length > longestKey ? text.slice(-tail) : text;
    const known = this.#kept.get(key);
    if (known !== undefined && isSame(known, request)) return known;
    if (isOfTexts(request) && sizeOf(request) <= most) this.#keep(key, frozen(request));
    return request;
  }

  #keep(key: string, request: ChatRequest): void {
    this.#drop(key);
    this.#kept.set(key, request);
    this.#size += sizeOf(request);
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= most) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const known = this.#kept.get(key);
    if (known !== undefined) this.#size -= sizeOf(known);
    this.#kept.delete(key);
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
