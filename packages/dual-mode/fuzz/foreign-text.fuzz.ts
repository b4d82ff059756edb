import { createSecret } from "@acc/secrets";
import fc from "fast-check";
import { readForeignBody } from "../src/text/foreign-body.ts";
import { foreignTail, foreignText } from "../src/text/foreign-text.ts";
import { deepest, refuseDeepJson, refuseDeepValue } from "../src/text/nesting.ts";

const key = "sk-fuzz-abab-0123-abac-4567-abad-89";
const secret = createSecret("fuzz_api_key", key);
const forms = [key, Buffer.from(key).toString("hex"), Buffer.from(key).toString("base64")];

/** Texts of every length about the bounds, with the key in them, whole and in pieces. */
const filler = fc.constantFrom(
  "x",
  " ",
  "\n",
  "🌍",
  "\ud83c",
  "model ",
  '{"error":"',
  key.slice(0, 9),
);
const text = fc
  .array(fc.tuple(fc.oneof(filler, fc.constantFrom(...forms)), fc.nat(3_000)), { maxLength: 12 })
  .map((pieces) => pieces.map(([piece, count]) => piece.repeat(count)).join(""));

/** The longest beginning of a form of the key that the text still has, the filler's own excepted. */
const shows = (said: string): boolean => forms.some((form) => said.includes(form.slice(0, 12)));

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const depthOf = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;

const refused = (check: () => void): boolean => {
  try {
    check();
    return false;
  } catch {
    return true;
  }
};

export default {
  "no text is longer than its bound, nor shows the key": fc.property(
    text,
    fc.nat(10_000),
    (said, bound) => {
      const told = [foreignText(said, bound), foreignTail(said, bound)];
      return told.every((each) => each.length <= bound + 1 && !shows(each)) && secret !== undefined;
    },
  ),
  "a short text without a key stays as it is": fc.property(
    fc.string({ unit: "grapheme", maxLength: 500 }),
    (said) => foreignText(said, 1_000) === said && foreignTail(said, 1_000) === said,
  ),
  "a body in pieces of any size shows no key": fc.asyncProperty(
    text,
    fc.integer({ min: 1, max: 70_000 }),
    async (said, size) => {
      const read = await readForeignBody(
        ReadableStream.from(chunked(Buffer.from(said), Math.max(size, 500))),
      );
      return read.length <= 64 * 1024 && !shows(read);
    },
  ),
  "any value is a text within the bound": fc.property(
    fc.anything(),
    (value) => foreignText(value).length <= 8 * 1024 + 1,
  ),
  "JSON is refused where it is nested too deep, and nowhere else": fc.property(
    fc.jsonValue({ maxDepth: 4 }),
    fc.array(fc.constantFrom("a", '"', "\\", "{", "["), { maxLength: 2 * deepest }),
    (value, wraps) => {
      let whole: unknown = value;
      for (const name of wraps) whole = name === "[" ? [whole] : { [name]: whole };
      const isDeep = depthOf(whole) > deepest;
      const written = JSON.stringify(whole, undefined, wraps.length % 3);
      return (
        refused(() => refuseDeepJson(written)) === isDeep &&
        refused(() => refuseDeepValue(whole)) === isDeep
      );
    },
  ),
};
