import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { actOn } from "../src/line-editor/key-actions.ts";
import { onTyped, type Typed } from "../src/line-editor/key-events.ts";
import { layOut } from "../src/line-editor/lay-out.ts";
import { TextBuffer } from "../src/line-editor/text-buffer.ts";

/** What a terminal sends, as it is understood. */
async function typed(...chunks: readonly string[]): Promise<readonly Typed[]> {
  const input = new PassThrough();
  const taken: Typed[] = [];
  const stop = onTyped(input as unknown as NodeJS.ReadStream, (each) => taken.push(each));
  for (const chunk of chunks) {
    input.write(chunk);
    await new Promise(setImmediate);
  }
  stop();
  return taken;
}

/** A text after these keys; what is no change of it is noted as <wish>. */
async function written(keys: string, begun = ""): Promise<string> {
  const buffer = new TextBuffer();
  buffer.set(begun);
  let wishes = "";
  for (const each of await typed(keys)) {
    if (each.type === "paste") buffer.insert(each.text);
    else {
      const wish = actOn(buffer, each.text, each.key);
      if (wish !== undefined) wishes += `<${wish}>`;
    }
  }
  const { text, cursor } = buffer;
  return `${text.slice(0, cursor)}|${text.slice(cursor)}${wishes}`;
}

const esc = "\u001b";

describe("what is pasted", () => {
  // simonw/llm#267: several lines that are pasted were sent one by one.
  it("is one text, whatever it holds and however it comes", async () => {
    const pasted = "one\rtwo\r\nthree\n\tfour \u0003 你好 /exit";
    const whole = `${esc}[200~${pasted}${esc}[201~`;
    const text = "one\ntwo\nthree\n\tfour \u0003 你好 /exit";
    expect(await typed(whole)).toEqual([{ type: "paste", text }]);
    expect(await typed(...whole)).toEqual([{ type: "paste", text }]);
  });

  // omarluq/termisu#168: a sequence that is cut off in it swallowed its end, and all keys after it.
  it.each(["a", "a\u001b", "a\u001b[2", "a\u001b[", "\u001b[200~a"])(
    "ends with %j too",
    async (text) => {
      const [paste, ...keys] = await typed(`${esc}[200~${text}${esc}[201~\r`);
      expect(paste).toMatchObject({ type: "paste", text: expect.stringContaining("a") });
      expect(keys).toMatchObject([{ type: "key", key: { name: "return" } }]);
    },
  );

  it("is not sent by what it ends with", async () => {
    expect(await written(`a${esc}[200~b\r${esc}[201~c`)).toBe("ab\nc|");
  });
});

describe("keys", () => {
  it.each([
    ["abc\r", "abc|<submit>"],
    // 0xacx/chatGPT-shell-cli#142, oven-sh/bun#32110: a new line without sending.
    ["a\nb", "a\nb|"],
    [`a${esc}\rb`, "a\nb|"],
    [`a${esc}[13;2ub`, "a\nb|"],
    // sigoden/aichat#147
    ["a\\\rb", "a\nb|"],
    ["\u0003", "|<interrupt>"],
    ["\u0004", "|<end>"],
    ["a\u0004", "a|"],
    ["ab\u0001\u0004", "|b"],
    [`one two${esc}[D${esc}[D\u0017`, "one |wo"],
    [`one two${esc}bX`, "one X|two"],
    [`one two\u0001${esc}fX`, "oneX| two"],
    [`one two\u0001${esc}[1;5CX`, "oneX| two"],
    ["one two\u0017\u0019\u0019", "one twotwo|"],
    ["a\nb\u0015c", "a\nc|"],
    [`ab\u0001\u000b\u0019`, "ab|"],
    ["a\u007f", "|"],
    [`${esc}[A`, "|<back>"],
    [`ab\ncd${esc}[AX`, "abX|\ncd"],
    [`abc\nd${esc}[AX${esc}[BY`, "aXbc\ndY|"],
    [`a${esc}[5~${esc}OPb`, "ab|"],
    ["\u0007", "|<edit>"],
    ["/mo\t", "/mo|<complete>"],
  ])("%j", async (keys, text) => expect(await written(keys)).toBe(text));

  // github/copilot-cli#3170: a character is what its reader takes for one.
  it("move by whole characters", async () => {
    expect(await written("👨‍👩‍👧\u007f")).toBe("|");
    expect(await written(`你好${esc}[DX`)).toBe("你X|好");
    expect(await written(`e\u0301${esc}[DX`)).toBe("X|e\u0301");
    expect(await written(`a\n👨‍👩‍👧b${esc}[AX`)).toMatch(/^aX\||^X\|a/);
  });
});

describe("the rows of a text", () => {
  it("are as wide as the terminal shows them, and so is the place of the cursor", () => {
    const wide = layOut("漢字漢字x", 4, 6, 9);
    expect(wide).toMatchObject({ rows: ["漢字漢", "字x"], cursor: { row: 1, column: 2 } });
    expect(layOut("a\tb", 2, 20, 9)).toMatchObject({ rows: ["a    b"], cursor: { column: 5 } });
    expect(layOut("", 0, 20, 9)).toMatchObject({ rows: [""], cursor: { row: 0, column: 0 } });
    expect(layOut("a\n", 2, 20, 9)).toMatchObject({ rows: ["a", ""], cursor: { row: 1 } });
  });

  it("show what a terminal would obey", () => {
    expect(layOut("\u001b[2J\u009b", 5, 40, 9)).toMatchObject({
      rows: ["\\x1b[2J\\x9b"],
      cursor: { column: 11 },
    });
  });

  it("are those around the cursor where there is no room for all", () => {
    const text = Array.from({ length: 50_000 }, (_, index) => `line ${index}`).join("\n");
    const end = layOut(text, text.length, 40, 3);
    expect(end.rows).toEqual(["line 49997", "line 49998", "line 49999"]);
    expect(end).toMatchObject({ cursor: { row: 2, column: 10 }, above: true, below: false });
    const start = layOut(text, 0, 40, 3);
    expect(start.rows).toEqual(["line 0", "line 1", "line 2"]);
    expect(start).toMatchObject({ above: false, below: true, isTop: true });
    const middle = layOut(text, text.indexOf("line 100\n"), 40, 3);
    expect(middle.rows).toEqual(["line 99", "line 100", "line 101"]);
  });
});
