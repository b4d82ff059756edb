import { describe, expect, it, test } from "vitest";
import { cpuTime } from "../../../../test/cpu-time.ts";
import { readJsonLines } from "../../src/cli/json-lines.ts";
import { jsonObjects, parseJsonLine } from "../../src/cli/json-objects.ts";
import { collect } from "./scene.ts";

async function* lines(...all: string[]) {
  yield* all;
}

const one = '{"type":"text","text":"one"}';
const two = '{"type":"text","text":"two {\\"x\\": \\\\"}';
const first = JSON.parse(one);
const second = JSON.parse(two);

test.each([
  ['{"a":1}', { a: 1 }],
  ['  {"a":1}\t', { a: 1 }],
  ['\uFEFF{"a":1}', { a: 1 }],
  ["Loaded cached credentials.", undefined],
  ['{"a":', undefined],
  ["[1]", undefined],
  ["null", undefined],
  ["", undefined],
])("%j is %j", (line, object) => {
  expect(parseJsonLine(line)).toEqual(object);
});

describe("what is no damage", () => {
  // anthropics/claude-code#8834, pingdotgg/t3code#7988, openai/codex-plugin-cc#171
  it.each([
    ["an OSC title before", `\u001b]0;claude\u0007${one}`],
    ["an OSC that ends with ST", `\u001b]9;4;0;\u001b\\${one}`],
    ["an OSC without an end", `\u001b]0;claude${one}`],
    ["a CSI before and behind", `\u001b[?25h\u001b[2K${one}\u001b[0m`],
    ["a CSI within", one.replace(":", ":\u001b[1;31m")],
    ["an OSC within a value", one.replace("one", "o\u001b]0;x\u0007ne")],
    ["a C1 control before", `\u009b0m${one}`],
    ["a bell and a backspace", `\u0007\b${one}`],
    ["a keypad mode and a charset", `\u001b=\u001b(B${one}`],
    ["a byte order mark", `\uFEFF${one}`],
    ["a byte order mark behind a code", `\u001b[0m\uFEFF${one}`],
    ["a notice before", `Loaded cached credentials.${one}`],
    ["a notice in braces before", `Using {node} v22 { as asked } ${one}`],
    ["a notice of JSON before", `debug {"level":"warn"} ${one}`],
    ["a notice behind", `${one} (node:7) DeprecationWarning: punycode`],
  ])("%s", (_, line) => {
    expect(jsonObjects(line)).toMatchObject({ objects: [first], damaged: false });
  });

  it.each([
    ["two objects on a line", `${one}${two}`],
    ["a notice between two", `${one}Update available!${two}`],
  ])("%s", (_, line) => {
    expect(jsonObjects(line)).toMatchObject({ objects: [first, second], damaged: false });
  });

  it.each([
    "Now using node v22.1.0 (npm v10.9.0)",
    "(Use `node --trace-deprecation ...` to show where the warning was created)",
    "{half",
    "}",
    "[1]",
    '"type"',
    "null",
    "{ a: 1 }",
    "\u001b[?25l\u001b[2J",
  ])("the line %j", (line) => {
    expect(jsonObjects(line)).toMatchObject({ objects: [], damaged: false });
  });

  it("bytes of another encoding in a notice, or U+FFFD that a program wrote itself", () => {
    const line = `Mise \udce0 jour ${one}`;
    expect(jsonObjects(line)).toEqual({
      objects: [first],
      notice: "Mise \ufffd jour",
      damaged: false,
    });
    const value = { type: "text", text: "\ufffd" };
    expect(jsonObjects(JSON.stringify(value)).objects).toEqual([value]);
    const wide = Buffer.from("The subsystem is not there.", "utf16le").toString("utf8");
    expect(jsonObjects(wide)).toMatchObject({ objects: [], damaged: false });
    expect(jsonObjects(`\0\0\0${one}`)).toMatchObject({ objects: [first], damaged: false });
  });

  it("a value that no terminal code stands in is never changed", () => {
    const value = { type: "text", text: "\u001b[31mred\u001b[0m \u0085 \uFEFF \u007f" };
    expect(jsonObjects(`\u001b[0m${JSON.stringify(value)}`).objects).toEqual([value]);
  });
});

describe("what is damage", () => {
  it.each([
    ["its end is lost", one.slice(0, -6)],
    ["its beginning is lost", one.slice(6)],
    ["a quote is lost", one.replace('"one"', 'one"')],
    ["its middle is lost", '{"type":"text"xt":"one"}'],
    ["it stands behind a whole one", `${one}${two.slice(0, 12)}`],
    ["its colon is lost", '{"type" "text"}'],
  ])("%s", (_, line) => {
    expect(jsonObjects(line).damaged).toBe(true);
  });

  it("ends the reading", async () => {
    const read = collect(readJsonLines(lines(one, two.slice(0, 15), one)));
    await expect(read).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
  });
});

test("notices are skipped, and the logger is told", async () => {
  const told: unknown[] = [];
  const logger = { debug: (...args: unknown[]) => told.push(args) };
  const polluted = lines("Update available!", one, "", "{half", two);
  expect(await collect(readJsonLines(polluted, logger))).toEqual([first, second]);
  expect(told).toEqual([
    [expect.any(String), { line: "Update available!" }],
    [expect.any(String), { line: "{half" }],
  ]);
});

test.each([
  ["escapes", "\u001b"],
  ["strings without an end", "\u001b]0;"],
  ["sequences without an end", "\u001b[1;"],
  ["braces", '{"'],
  ["objects", '{"a":1}'],
  ["quotes before a brace", '" : '],
])("a megabyte of %s takes no longer than its length", (_, piece) => {
  const line = `${piece.repeat(1_000_000 / piece.length)}}`;
  const time = cpuTime(() => {
    try {
      jsonObjects(line);
    } catch (error) {
      expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
    }
  });
  expect(time).toBeLessThan(1_000);
});

test("leaving the loop leaves the lines' loop too", async () => {
  let left = false;
  async function* source() {
    try {
      yield '{"a":1}';
      yield '{"a":2}';
    } finally {
      left = true;
    }
  }
  for await (const _ of readJsonLines(source())) break;
  expect(left).toBe(true);
});

// google-antigravity/antigravity-cli#800, elizaOS/eliza#30288: a character is lost, and nobody told
it.each([
  ["a byte that was no UTF-8", '{"type":"text","text":"caf\udce9"}'],
  ["the same behind a notice", 'Hello {"type":"text","text":"caf\udce9"}'],
  ["UTF-16", Buffer.from('{"type":"text","text":"one 中文"}', "utf16le").toString("utf8")],
])("%s in an object is damage", (_, line) => {
  expect(jsonObjects(line)).toMatchObject({ objects: [], damaged: true });
});
