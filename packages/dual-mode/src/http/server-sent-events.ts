import { DualModeError } from "../error.ts";
import { networkError } from "./network-error.ts";

/** One event of a stream: its name and its data lines, joined. */
export interface ServerSentEvent {
  /** Absent where the stream names none. */
  readonly event?: string;
  readonly data: string;
}

/** Longest event, in UTF-16 units. */
const limit = 16 * 1024 * 1024;

/**
 * Reads an event stream as the HTML standard says: UTF-8 over chunk borders, LF, CRLF and CR,
 * comments, several data lines. An event that the end of the stream cuts off is not given. Leaving
 * the loop cancels the body.
 *
 * @throws {@link DualModeError} `NETWORK` where the stream breaks off, `OUTPUT_TOO_LARGE` for an
 * event of more than 16 Mi characters; an abort gives the signal's own reason.
 */
export async function* readServerSentEvents(
  body: AsyncIterable<Uint8Array> | null,
): AsyncGenerator<ServerSentEvent> {
  let event = "";
  let data: string[] = [];
  let length = 0;
  for await (const line of readLines(body ?? none())) {
    length += line.length;
    refuseOver(length);
    if (line === "") {
      if (data.length > 0) {
        yield { ...(event !== "" && { event }), data: data.join("\n") };
      }
      event = "";
      data = [];
      length = 0;
      continue;
    }
    const [name, value] = field(line);
    if (name === "data") {
      data.push(value);
    } else if (name === "event") {
      event = value;
    }
  }
}

/** `name: value`; a comment has the empty name. */
function field(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  if (colon < 0) {
    return [line, ""];
  }
  const value = line.slice(colon + 1);
  return [line.slice(0, colon), value.startsWith(" ") ? value.slice(1) : value];
}

async function* none(): AsyncGenerator<never> {}

/** Whole lines alone; a last one without its end is dropped. */
async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending = "";
  let afterReturn = false;
  try {
    for await (const chunk of body) {
      let text = decoder.decode(chunk, { stream: true });
      if (text === "") {
        continue;
      }
      if (afterReturn && text.startsWith("\n")) {
        text = text.slice(1);
      }
      afterReturn = text.endsWith("\r");
      const lines = text.split(/\r\n|\n|\r/);
      lines[0] = pending + lines[0];
      pending = lines.pop() ?? "";
      refuseOver(pending.length);
      yield* lines;
    }
  } catch (error) {
    throw networkError(error) ?? error;
  }
}

function refuseOver(length: number): void {
  if (length > limit) {
    throw new DualModeError("OUTPUT_TOO_LARGE", `An event of the stream is over ${limit} units.`, {
      fix: "Ask for a shorter answer.",
    });
  }
}
