import type { ChatRequest, Message } from "@acc/dual-mode";

/** UTF-16 units of a text up to which V8 hashes it; of a longer one, the hash is the length. */
const longestKey = 16_383;
/** UTF-16 units at the end of such a text that serve as its key. */
const tail = 1_024;
/** UTF-16 units that are kept at most. */
const most = 2_097_152;
/** What a request takes besides its texts, in UTF-16 units. */
const frame = 200;

/**
 * Keeps requests that contain only text, and freezes them. A repeated request is replaced by the
 * same object, which the client recognizes if its cache has the answer, so that it neither reads
 * nor hashes the request again.
 */
export class AskedBefore {
  /** The latest request by its last text, or by the end of it; the oldest first. */
  readonly #kept = new Map<string, ChatRequest>();
  #size = 0;

  /** Returns the kept request that is equal to this one, or else this one. */
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

/** Whether a request contains only text and plain settings. */
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
