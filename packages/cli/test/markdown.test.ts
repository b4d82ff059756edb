import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { MarkdownStream } from "../src/markdown/markdown-stream.ts";
import { drawn, stylesOf } from "../src/output/styles.ts";

/** A text shown in pieces of so many characters. */
function shown(text: string, step = text.length, columns = 40, isStyled = true): string {
  const stream = new MarkdownStream(() => ({ styles: stylesOf(isStyled), columns }));
  let written = "";
  for (let at = 0; at < text.length; at += step) written += stream.push(text.slice(at, at + step));
  return drawn(written + stream.end());
}

const plain = (text: string, columns?: number) =>
  stripVTControlCharacters(shown(text, text.length, columns));

const everything = `# Title of *it*

Some **bold text here** and \`code span\` with [a link](https://example.com/x), snake_case 5 * 3.
A second line, 你好世界你好世界你好世界。你好世界你好世界你好世界你好世界。

Setext heading
---

- one item that is long enough to be broken over some lines
- two
  - nested **deep** item
- three **two words**

1. first

2. second with code:

   \`\`\`sh
   echo hi | cat
     indented
   \`\`\`

> quote of somebody, also of
> two lines

| a | b column |
|---|---:|
| 1 | 你好 |
| longer **cell** | x |

\`\`\`\`ts
const fence = "\`\`\`";

  const y = "a line of code that is longer than the terminal has columns";
\`\`\`\`

---
- [x] done
- [ ] open

Not | a table, [1] and ![image](https://example.com/i.png), foo**bar baz**, **unclosed`;

describe("markdown on a terminal", () => {
  // jonigl/mcp-client-for-ollama#251, cline/cline#13248: what was drawn over was shown twice, or flashed.
  it.each([1, 2, 3, 7, 13, 20, 50])(
    "is the same whether it comes whole or in pieces of %i characters",
    (step) => {
      for (const isStyled of [true, false]) {
        const whole = shown(everything, everything.length, 40, isStyled);
        const pieces = shown(everything, step, 40, isStyled);
        expect(stripVTControlCharacters(pieces)).toBe(stripVTControlCharacters(whole));
      }
    },
  );

  it("shows words before their paragraph ends, and none that may yet look another way", () => {
    const stream = new MarkdownStream(() => ({ styles: stylesOf(false), columns: 40 }));
    expect(stream.push("The first wor")).toBe("The first");
    expect(stream.push("ds are **bo")).toBe(" words are");
    expect(stream.push("ld** then")).toBe(" **bold**");
    expect(stream.push("\n\n| a")).toBe(" then");
    expect(stream.push(" | b\n")).toBe("");
    expect(stream.end()).toBe("\n\n| a | b");
  });

  it("shows code line by line as it comes", () => {
    const stream = new MarkdownStream(() => ({ styles: stylesOf(false), columns: 40 }));
    expect(stream.push("```js\nconst a")).toBe("```js");
    expect(stream.push(" = 1;\nnext")).toBe("\nconst a = 1;");
    expect(stream.end()).toBe("\nnext");
  });

  // michelbr84/GarraRUST#939: what is copied out of an answer has to be what stood there.
  it("neither indents nor breaks code", () => {
    const code = `const long = "${"x".repeat(60)}";\n\tindented();`;
    expect(plain(`\`\`\`js\n${code}\n\`\`\``)).toBe(code);
  });

  it("breaks prose between words, and a word that is longer than a line where it must", () => {
    expect(plain("aaa bbb ccc", 7)).toBe("aaa bbb\nccc");
    expect(plain("a bbbbbbbbb c", 4)).toBe("a\nbbbb\nbbbb\nb c");
    expect(plain("- aaa bbb ccc", 9)).toBe("• aaa bbb\n  ccc");
  });

  // charmbracelet/bubbles#920, Kuberwastaken/claurst#169: wide characters take two columns.
  it("breaks lines that are written without spaces, by their width", () => {
    expect(plain("你好世界你好。世界", 8)).toBe("你好世界\n你好。世\n界");
    expect(plain("a🙂🙂🙂", 5)).toBe("a🙂🙂\n🙂");
  });

  it("keeps a table within its width, and shows it as lines where it has no room", () => {
    const table = `| name | what it is |\n|---|---|\n| one | ${"many words ".repeat(9)}|`;
    const lines = plain(table, 40).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines[0]).toMatch(/^┌─+┬─+┐$/);
    expect(plain("| a | b |\n|---|---|\n| 你好 | 2 |", 8)).toBe("a: 你好\nb: 2");
  });

  it("shows where a link leads, whatever its words say", () => {
    expect(plain("[bank](https://evil.example/\u202ex)", 80)).toContain("(https://evil.example/");
    expect(plain("[bank](https://evil.example/\u202ex)", 80)).not.toContain("\u202e");
    expect(plain("<https://example.com>", 80)).toBe("https://example.com");
  });

  it("obeys nothing, also where a sequence comes in pieces", () => {
    const hostile = "a \u001b]0;title\u0007 **b\u001b[2J** `c\u009b31m` \r\n\n```\n\u001b[5m\n```";
    for (const step of [1, 5, 100]) {
      const text = stripVTControlCharacters(shown(hostile, step, 80));
      expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      expect(text).toContain("a \\x1b]0;title\\x07 b\\x1b[2J c\\x9b31m");
    }
  });

  it("leaves the marks where no style can be shown", () => {
    expect(shown("# A\n\n**b** *c* `d` ~~e~~", 99, 40, false)).toBe("# A\n\n**b** *c* `d` ~~e~~");
  });

  it("loses no words of what is no markdown", () => {
    const text =
      "a < b && c > d\n<div>html</div>\n[x]: https://example.com\n* \n#hash 1) 2*3*4 __init__";
    for (const word of ["a < b && c > d", "html", "#hash", "1)", "init"]) {
      expect(plain(text, 80)).toContain(word);
    }
  });
});
