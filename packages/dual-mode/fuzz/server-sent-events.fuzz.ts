import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { inPieces } from "../../../scripts/fuzz/answer-of-parts.ts";
import { DualModeError } from "../src/error.ts";
import type { ServerSentEvent } from "../src/http/event-lines.ts";
import { readServerSentEvents } from "../src/http/server-sent-events.ts";

async function read(body: AsyncIterable<Uint8Array>): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readServerSentEvents(body)) events.push(event);
  return events;
}

function codeOf(error: unknown): string {
  if (DualModeError.is(error)) return error.code;
  throw error;
}

const line = fc
  .string({ unit: "grapheme", maxLength: 30 })
  .map((text) => text.replace(/[\r\n]/g, ""));
const end = fc.constantFrom("\n", "\r\n", "\r");
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
const event = fc.record({
  name: line,
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  comment: fc.option(line),
  end,
});

/** Whether a line is a field of an event stream, or a comment. */
function hasField(text: string): boolean {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  return lines.some((each) => /^((data|error|event|id|retry)(:|$)|:)/.test(each));
}

export default {
  "any text, however it is cut, is a list of events, or words alone": fc.asyncProperty(
    fc.string({ unit: fc.constantFrom(..."data:event \r\n{}[]\uFEFFé😀x") }),
    sizes,
    async (text, cut) => {
      const events = await read(inPieces(text, cut)).catch(codeOf);
      if (typeof events === "string") return events === "INVALID_OUTPUT" && !hasField(text);
      return events.every(({ data }) => typeof data === "string");
    },
  ),
  "any bytes are a list of events, a page of a web site, or words alone": fc.asyncProperty(
    fc.array(fc.uint8Array({ maxLength: 40 })),
    async (pieces) => {
      async function* body() {
        yield* pieces;
      }
      const events = await read(body()).catch(codeOf);
      const text = Buffer.concat(pieces).toString();
      if (events === "WRONG_ADDRESS") return text.trimStart().startsWith("<");
      return Array.isArray(events) || (events === "INVALID_OUTPUT" && !hasField(text));
    },
  ),
  "what was written is read, however it is cut": fc.asyncProperty(
    fc.array(event),
    fc.boolean(),
    sizes,
    async (events, mark, cut) => {
      const text = events.map(({ name, lines, comment, end: lineEnd }) =>
        [
          ...(comment === null ? [] : [`:${comment}`]),
          ...(name === "" ? [] : [`event: ${name}`]),
          "id: 7",
          ...lines.map((each) => `data: ${each}`),
          "",
          "",
        ].join(lineEnd),
      );
      const body = `${mark ? "\uFEFF" : ""}${text.join("")}`;
      const expected = events.map(({ name, lines }) => ({
        ...(name !== "" && { event: name }),
        data: lines.join("\n"),
      }));
      deepEqual(await read(inPieces(body, cut)), expected);
    },
  ),
};
