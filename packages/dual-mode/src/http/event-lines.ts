import { DualModeError } from "../error.ts";
import { foreignText } from "../text/foreign-text.ts";

/** One event of a stream: its name and its data lines, joined. */
export interface ServerSentEvent {
  /** Absent if the stream names none. */
  readonly event?: string;
  readonly data: string;
  /** Set if the stream ended before the blank line that ends the event. */
  readonly cut?: true;
}

/** The longest event, in UTF-16 units. */
const limit = 16 * 1024 * 1024;

/** The fields of an event stream; a comment has an empty name. */
const fields: ReadonlySet<string> = new Set(["", "data", "error", "event", "id", "retry"]);

/** Assembles the lines of an event stream into events. */
export class EventLines {
  #pending = "";
  #afterReturn = false;
  #event = "";
  #data: string[] = [];
  #length = 0;
  /**
   * Whether the body is plain JSON rather than a stream of events: it is then the data of one
   * event. Undefined before the first text.
   */
  #plain: boolean | undefined;
  /** Whether a field of an event stream, or a comment, has come. */
  #isStream = false;
  /** The first line that is neither. */
  #words = "";

  /** Returns the events that end in this piece of text. */
  add(text: string): readonly ServerSentEvent[] {
    if (text === "") return [];
    this.#plain ??= text.trim() === "" ? undefined : isPlain(text);
    if (this.#plain) return this.#keep(text);
    const fresh = this.#afterReturn && text.startsWith("\n") ? text.slice(1) : text;
    this.#afterReturn = text.endsWith("\r");
    const lines = fresh.split(fresh.includes("\r") ? /\r\n|\n|\r/ : "\n");
    lines[0] = this.#pending + lines[0];
    this.#pending = lines.pop() ?? "";
    const events: ServerSentEvent[] = [];
    for (const line of lines) this.#read(line, events);
    refuseOver(this.#length + this.#pending.length);
    return events;
  }

  /**
   * Returns the event for which the stream ended without a blank line.
   * @throws {@link DualModeError} `INVALID_OUTPUT` if all of the body was other text
   */
  end(): readonly ServerSentEvent[] {
    if (this.#plain) return [{ data: this.#data.join("") }];
    const events: ServerSentEvent[] = [];
    if (this.#pending !== "") this.#read(this.#pending, events);
    if (this.#data.length > 0) events.push({ ...this.#dispatched(), cut: true });
    if (!this.#isStream && this.#words !== "") throw notAStream(this.#words);
    return events;
  }

  #keep(text: string): readonly ServerSentEvent[] {
    this.#data.push(text);
    this.#length += text.length;
    refuseOver(this.#length);
    return [];
  }

  #read(line: string, events: ServerSentEvent[]): void {
    if (line === "") {
      if (this.#data.length > 0) events.push(this.#dispatched());
      this.#event = "";
      this.#length = 0;
      return;
    }
    this.#length += line.length;
    refuseOver(this.#length);
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    if (!fields.has(name)) {
      this.#words ||= line.trim();
      return;
    }
    this.#isStream = true;
    if (name !== "data" && name !== "event" && name !== "error") return;
    const start = line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1;
    const value = colon < 0 ? "" : line.slice(start);
    if (name === "event") this.#event = value;
    else if (name === "data" || value.startsWith("{")) {
      if (beginsAnother(this.#data.at(-1), value)) events.push(this.#dispatched());
      // llama.cpp of 2025 reports an error in a field of its own.
      if (name === "error") this.#event = name;
      this.#data.push(value);
    }
  }

  #dispatched(): ServerSentEvent {
    const data = this.#data.length === 1 ? (this.#data[0] ?? "") : this.#data.join("\n");
    this.#data = [];
    return this.#event === "" ? { data } : { event: this.#event, data };
  }
}

/**
 * Some servers leave out the blank line. Within one JSON text no object can begin directly after
 * the end of another.
 */
function beginsAnother(last: string | undefined, next: string): boolean {
  if (last?.endsWith("}") !== true) return false;
  return next.startsWith("{") || next.startsWith("[");
}

/**
 * Whether the body is JSON.
 * @throws {@link DualModeError} `WRONG_ADDRESS` for a page of a web site
 */
function isPlain(text: string): boolean {
  if (text.trimStart().startsWith("<")) {
    throw new DualModeError("WRONG_ADDRESS", "The server answered with a page of a web site.");
  }
  return /^\s*[[{]/.test(text);
}

/** The error for a body of words, such as those of a firewall that answers with 200. */
function notAStream(words: string): DualModeError {
  const message = `The server sent text in place of an answer: ${foreignText(words, 500)}`;
  return new DualModeError("INVALID_OUTPUT", message, {
    fix: "Check the base URL, and look for a proxy or a firewall in between.",
  });
}

function refuseOver(length: number): void {
  if (length > limit) {
    throw new DualModeError("OUTPUT_TOO_LARGE", `An event of the stream is over ${limit} units.`, {
      fix: "Ask for a shorter answer.",
    });
  }
}
