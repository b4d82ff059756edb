import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { inPieces } from "../../../scripts/fuzz/answer-of-parts.ts";
import { readJsonLines } from "../src/cli/json-lines.ts";
import { type JsonObject, jsonObjects } from "../src/cli/json-objects.ts";
import { splitLines } from "../src/cli/split-lines.ts";
import { DualModeError } from "../src/error.ts";

/** What stdout brings, or the coded error that it ended with. */
async function read(body: AsyncIterable<Uint8Array>): Promise<JsonObject[] | DualModeError> {
  const objects: JsonObject[] = [];
  try {
    for await (const object of readJsonLines(splitLines(body))) objects.push(object);
    return objects;
  } catch (error) {
    if (DualModeError.is(error) && error.code !== "PROVIDER_FAULT") return error;
    throw error;
  }
}

async function* bytesOf(pieces: readonly Uint8Array[]) {
  yield* pieces;
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
const object = fc
  .dictionary(fc.string({ unit: "grapheme", maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }), {
    maxKeys: 4,
  })
  .map((members): JsonObject => JSON.parse(JSON.stringify({ ...members, type: "event" })));
/** Notices, progress and terminal codes: no brace that begins an object, no end of one. */
const noise = fc
  .array(
    fc.constantFrom(
      ...[
        "Update available! ",
        "(node:7) Warning: ",
        "10%\r",
        "\u001b[?25l",
        "\u001b]0;title\u0007",
      ],
      ...["\u001b]9;4;0;\u001b\\\\", "\uFEFF", "\0", "\u0007", "{half ", "} ", "[1] ", "é中👋🏽 "],
    ),
    { maxLength: 4 },
  )
  .map((pieces) => pieces.join(""));
const line = fc.record({
  before: noise,
  objects: fc.array(object, { maxLength: 3 }),
  behind: noise,
});
const end = fc.constantFrom("\n", "\r\n");

export default {
  "any text, however it is cut, is objects or a coded error": fc.asyncProperty(
    fc.string({
      unit: fc.constantFrom(...'{}[]":,\\ \r\n\0\u001b]\u0007\uFEFFé😀xtype'),
      maxLength: 200,
    }),
    sizes,
    async (text, cut) => {
      await read(inPieces(text, cut));
    },
  ),
  "any bytes are objects or a coded error": fc.asyncProperty(
    fc.array(fc.uint8Array({ maxLength: 60 })),
    async (pieces) => {
      await read(bytesOf(pieces));
    },
  ),
  "objects in noise are found, in their order": fc.asyncProperty(
    fc.array(line, { maxLength: 5 }),
    end,
    sizes,
    async (lines, lineEnd, cut) => {
      const text = lines.map(({ before, objects, behind }) =>
        [before, ...objects.map((each) => JSON.stringify(each)), behind].join(""),
      );
      deepEqual(
        await read(inPieces(text.join(lineEnd), cut)),
        lines.flatMap(({ objects }) => objects),
      );
    },
  ),
  "an object that is cut is no object, and damage": fc.property(
    object,
    fc.nat(),
    (value, place) => {
      const whole = JSON.stringify(value);
      const at = place % whole.length;
      const beginning = jsonObjects(whole.slice(0, at));
      // Two characters are the least that shows: before them it is a brace like any other.
      return beginning.objects.length === 0 && (at < 2 || beginning.damaged);
    },
  ),
  "a byte that is no UTF-8 in an object is told": fc.asyncProperty(
    object,
    fc.integer({ min: 0x80, max: 0xff }),
    async (value, byte) => {
      const whole = Buffer.from(`${JSON.stringify(value)}\n`);
      const at = whole.indexOf('"event"') + 3;
      const bytes = Buffer.concat([whole.subarray(0, at), Buffer.of(byte), whole.subarray(at)]);
      return (await read(bytesOf([bytes]))) instanceof Error;
    },
  ),
};
