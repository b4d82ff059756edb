import { expect, test } from "vitest";
import { splitLines } from "../../src/cli/split-lines.ts";
import { collect, failureOf } from "./scene.ts";

/** A text in chunks of so many bytes. */
async function* chunksOf(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
  }
}

const text = 'a\r\n\nü👋🏽"\n\uFEFFbom\rstays\r\nlast';

test.each([1, 2, 3, 5, 1000])("lines are the same in chunks of %i bytes", async (size) => {
  expect(await collect(splitLines(chunksOf(text, size)))).toEqual([
    "a",
    "",
    'ü👋🏽"',
    "\uFEFFbom\rstays",
    "last",
  ]);
});

test("nothing comes of nothing, and a last newline makes no line", async () => {
  expect(await collect(splitLines(chunksOf("", 1)))).toEqual([]);
  expect(await collect(splitLines(chunksOf("a\n", 9)))).toEqual(["a"]);
});

test.each([1, 4, 1000])("limits are in bytes and exact, in chunks of %i", async (size) => {
  const lines = (limits: object) => splitLines(chunksOf("üü\nüü\n", size), limits);
  expect(await collect(lines({ maxLineBytes: 4, maxOutputBytes: 10 }))).toEqual(["üü", "üü"]);
  const tooLarge = { error: { code: "OUTPUT_TOO_LARGE" } };
  expect(await failureOf(lines({ maxLineBytes: 3 }))).toMatchObject({ ...tooLarge, values: [] });
  const unended = splitLines(chunksOf("üü", size), { maxLineBytes: 3 });
  expect(await failureOf(unended)).toMatchObject({ ...tooLarge, values: [] });
  expect(await failureOf(lines({ maxOutputBytes: 9 }))).toMatchObject(tooLarge);
});

test("a flood of lines keeps no timer waiting", async () => {
  let fired = 0;
  const timer = setInterval(() => (fired += 1));
  const begun = performance.now();
  for await (const _ of splitLines(chunksOf("{\n".repeat(20_000), 65_536))) {
    // A reader that works a while on each: 100 ms on all of them.
    const until = performance.now() + 0.005;
    while (performance.now() < until);
  }
  clearInterval(timer);
  expect(performance.now() - begun).toBeGreaterThan(90);
  expect(fired).toBeGreaterThan(10);
});

test("a byte that is no UTF-8 is a lone surrogate, and everything beside it stays", async () => {
  const strange = Buffer.concat([
    Buffer.from("é "),
    // Latin-1, a surrogate's half, an overlong form, what is beyond Unicode, a cut character
    Buffer.from([0xe9, 0x20, 0xed, 0xa0, 0x80, 0x20, 0xc0, 0x80, 0x20, 0xf5, 0x20]),
    Buffer.from("中👋🏽"),
    Buffer.from([0xf0, 0x9f]),
  ]);
  async function* one() {
    yield strange;
  }
  const [line = ""] = await collect(splitLines(one()));
  expect(line).toBe("é \udce9 \udced\udca0\udc80 \udcc0\udc80 \udcf5 中👋🏽\udcf0\udc9f");
});
