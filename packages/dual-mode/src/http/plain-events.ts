import { refuseDeepJson } from "../text/nesting.ts";
import type { Rewriting } from "./bound-body.ts";
import { EventLines, type ServerSentEvent } from "./event-lines.ts";

/** The name of an event that came without one, by its data. */
export type NameOf = (data: string) => string | undefined;

/**
 * Writes an event stream again in the plainest form, for the readers of SDKs, which know less of the
 * standard than servers use: of each event its name, if it has one, and its data on one line; no
 * comments, no keep-alives, LF alone, never an event in pieces. A body that is JSON and no stream
 * becomes an event: with it servers tell an error though the status is 200.
 *
 * The data is taken for JSON, where a line break may be a space.
 */
export function plainEvents(nameOf: NameOf = () => undefined): Rewriting {
  const decoder = new TextDecoder();
  const lines = new EventLines();
  let document: string | undefined;
  let begun = false;

  function read(text: string): string {
    if (!begun && text.trim() !== "") {
      begun = true;
      if (/^\s*[{[]/.test(text)) document = "";
    }
    if (document === undefined) return written(lines.add(text));
    document += text;
    return "";
  }

  function written(events: readonly ServerSentEvent[]): string {
    return events.map((event) => plain(event, nameOf)).join("");
  }

  return {
    piece: (chunk) => Buffer.from(read(decoder.decode(chunk, { stream: true }))),
    end: () => {
      const last = read(decoder.decode());
      const rest = document === undefined ? lines.end() : eventsOf(document);
      return Buffer.from(last + written(rest));
    },
  };
}

function plain({ event, data: sent }: ServerSentEvent, nameOf: NameOf): string {
  const data = sent.trim();
  if (data === "" || data.startsWith(":")) return "";
  refuseDeepJson(data);
  const name = event ?? nameOf(data);
  const named = name === undefined ? "" : `event: ${name}\n`;
  return `${named}data: ${data.replaceAll("\n", " ")}\n\n`;
}

/** A list of documents is what an API may give where no stream of events was asked for. */
function eventsOf(document: string): readonly ServerSentEvent[] {
  try {
    refuseDeepJson(document);
    const parsed: unknown = JSON.parse(document);
    const each = Array.isArray(parsed) ? parsed : [parsed];
    return each.map((one) => ({ data: JSON.stringify(one) }));
  } catch {
    return [{ data: document }];
  }
}
