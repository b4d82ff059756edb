import { believedId, idInWords } from "./believed-id.ts";
import type { RefusalContext } from "./refusal-context.ts";
import { waitInMembers } from "./wait-in-members.ts";

/** The content of a refusal by a vendor, a server or a CLI. */
export interface ReadRefusal {
  /** The HTTP status, if there was an error status. */
  readonly status: number | undefined;
  /** The vendor's names for the failure, in its spelling: type, code, status, reason. */
  readonly types: readonly string[];
  readonly said: string;
  /** How long the vendor asked to wait, in ms. */
  readonly retryAfter: number | undefined;
  /** The vendor's own id of the request. */
  readonly requestId: string | undefined;
  /** Whether it is a web page, which came from something in front of the API. */
  readonly page: boolean;
}

/** Members that may name the failure, and those in which some servers write the status. */
const names = ["type", "code", "status", "reason", "errorCode", "__type"];
const statuses = ["code", "status", "status_code", "statusCode", "http_status"];
/** Members that have the message, or contain the members that do. */
const wording = [
  "error",
  "message",
  "detail",
  "msg",
  "error_msg",
  "status_msg",
  "error_description",
  "errors",
  "base_resp",
  "header",
];
const depthLimit = 8;
/** The most characters of a page that are read. */
const pageLimit = 65_536;

/**
 * Reads a refusal in any form: the body as text or parsed, an error's own JSON, JSON within a text,
 * `{ error }`, `{ detail }`, `{ message }`, a list of them, a page, or nothing. A text must be
 * limited in length already.
 */
export function readRefusal(
  body: unknown,
  known: Pick<RefusalContext, "status" | "types" | "retryAfter" | "requestId"> = {},
): ReadRefusal {
  const found = new Reading();
  found.read(body, 0);
  const said = found.said.join(" ").trim() || (typeof body === "string" ? body : "");
  return {
    status: isErrorStatus(known.status) ? known.status : found.status,
    types: [...(known.types ?? []), ...found.types],
    said,
    retryAfter: known.retryAfter ?? found.retryAfter,
    requestId: known.requestId ?? found.requestId ?? idInWords(said),
    page: found.page,
  };
}

class Reading {
  status: number | undefined;
  readonly types: string[] = [];
  readonly said: string[] = [];
  retryAfter: number | undefined;
  requestId: string | undefined;
  page = false;

  read(value: unknown, depth: number): void {
    if (depth > depthLimit) return;
    if (typeof value === "string") this.#readText(value, depth);
    else if (Array.isArray(value)) for (const each of value.slice(0, 8)) this.read(each, depth + 1);
    else if (typeof value === "object" && value !== null) this.#readObject(value, depth);
  }

  #readText(text: string, depth: number): void {
    if (isPage(text)) {
      this.page = true;
      this.said.push(textOfPage(text));
      return;
    }
    const json = jsonIn(text);
    const words = json === undefined ? text.trim() : text.slice(0, json.start).trim();
    if (words !== "") this.said.push(words);
    if (json !== undefined) this.read(json.value, depth + 1);
  }

  #readObject(value: object, depth: number): void {
    const member = (name: string): unknown => Reflect.get(value, name);
    for (const name of names) this.#readName(member(name));
    for (const name of statuses) this.#readStatus(member(name));
    this.#readWait(value);
    this.#readId(member("request_id") ?? member("requestId"));
    for (const name of wording) this.read(member(name), depth + 1);
    this.#readDetails(member("details"));
    this.#readMetadata(member("metadata"), depth);
  }

  #readName(value: unknown): void {
    if (typeof value !== "string" || value === "" || value === "error") return;
    if (value.length <= 200 && !/^\d+$/.test(value)) this.types.push(value);
  }

  #readStatus(value: unknown): void {
    const status = typeof value === "string" ? Number(value) : value;
    if (isErrorStatus(status)) this.status ??= status;
  }

  #readWait(members: object): void {
    this.retryAfter ??= waitInMembers(members, Date.now());
  }

  /** Reads what a router passes on from the server behind it. */
  #readMetadata(metadata: unknown, depth: number): void {
    if (typeof metadata !== "object" || metadata === null) return;
    this.#readWait(metadata);
    this.read(Reflect.get(metadata, "raw"), depth + 1);
  }

  #readId(value: unknown): void {
    this.requestId ??= believedId(value);
  }

  /**
   * Reads details in the form of gRPC's rich errors: reasons, quotas and waits besides the message.
   */
  #readDetails(details: unknown): void {
    for (const detail of Array.isArray(details) ? details.slice(0, 16) : []) {
      if (typeof detail !== "object" || detail === null) continue;
      this.#readName(Reflect.get(detail, "reason"));
      this.#readWait(detail);
      this.#readId(Reflect.get(detail, "requestId"));
      const violations: unknown = Reflect.get(detail, "violations");
      for (const violation of Array.isArray(violations) ? violations.slice(0, 16) : []) {
        this.#readName(Object(violation).quotaId);
      }
    }
  }
}

function isErrorStatus(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 300 && value < 600;
}

/** Finds the JSON that a text is, or that begins in it. */
function jsonIn(text: string): { readonly start: number; readonly value: object } | undefined {
  const start = /^\s*\[/.test(text) ? text.indexOf("[") : text.indexOf("{");
  if (start < 0) return undefined;
  for (const end of new Set([text.lastIndexOf("]"), text.lastIndexOf("}")])) {
    try {
      const value: unknown = JSON.parse(text.slice(start, end + 1));
      if (typeof value === "object" && value !== null) return { start, value };
    } catch {
      // The text only looks like JSON, or continues after it.
    }
  }
  return undefined;
}

/** Whether a text is markup, possibly after a few words, but not in quotes or in JSON. */
function isPage(text: string): boolean {
  const start = text.slice(0, 200).search(/^\s*<|(?<!["'])<(!doctype|html|head|body|\?xml)/i);
  return start >= 0 && !text.slice(0, start).includes("{");
}

/** Returns the text of a page, without tags, scripts and styles. */
function textOfPage(page: string): string {
  const [before = "", ...pieces] = page.slice(0, pageLimit).split("<");
  return [
    before,
    ...pieces.map((piece) => {
      const end = piece.indexOf(">");
      return /^(script|style)/i.test(piece) || end < 0 ? "" : piece.slice(end + 1);
    }),
  ]
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
