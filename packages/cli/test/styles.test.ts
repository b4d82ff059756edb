import { stripVTControlCharacters } from "node:util";
import widthOf from "fast-string-width";
import { expect, it, vi } from "vitest";
import { printableJson, printableLine } from "../src/output/printable.ts";
import { drawn, stylesOf } from "../src/output/styles.ts";
import { table } from "../src/output/table.ts";

const { bold, red } = stylesOf(true);

it("draws a style of ours, and shows one of somebody else's as an escape", () => {
  expect(drawn(bold("ours"))).toBe("\u001b[1mours\u001b[22m");
  expect(drawn(red("a\u001b[8mhidden"))).toBe("\u001b[31ma\\x1b[8mhidden\u001b[39m");
  expect(drawn("\u001b[1m\u009b31m\u001b]0;t\u0007")).toBe("\\x1b[1m\\x9b31m\\x1b]0;t\\x07");
});

it("draws nothing for who read a style of another process", () => {
  const [before = ""] = bold("").split("m");
  const guessed = before.replace(/\d{4}/, (group) => String(Number(group) === 1000 ? 1001 : 1000));
  expect(drawn(`${guessed}m`)).toBe(`\\x1b${guessed.slice(1)}m`);
});

it("is as wide as its text, for who wraps lines", () => {
  expect(stripVTControlCharacters(bold("four"))).toBe("four");
});

it("makes the cells of a table printable, each in its line", () => {
  const text = table(["name"], [["a\u001b]0;t\u0007\nb\u009b\u202ec"]]);
  expect(text.split("\n")).toEqual(["name", "a\\x1b]0;t\\x07\\x0ab\\x9b\\u202ec"]);
});

it("leaves JSON what it says", () => {
  const value = { "\u009b": "a\u007f\u0085\u009b\u001b\u00e9\\" };
  const shown = printableJson(JSON.stringify(value));
  expect(JSON.parse(shown)).toEqual(value);
  expect(shown).not.toMatch(/\p{Cc}/u);
});

// marmot-protocol/mdk#993, resend/resend-cli#240: names in tables, and text that turns its direction.
it("leaves a name no way to another line", () => {
  expect(printableLine("a\r\n\tb\u2028")).toBe("a\\x0d\\x0a\\x09b\\u2028");
});

/** Automattic/cli-table#62, gajus/table#238: letters that are two columns wide, without a space to break at. */
it("cuts nothing off a cell, whatever the width of its letters", () => {
  const long =
    "\u7aef\u672b\u306e\u5e45\u3092\u6e2c\u308b\u65b9\u6cd5\u304c\u6b63\u3057\u304f\u306a\u3044";
  expect(table(["id", "begins"], [["\u65e5\u672c", long]]).split("\n")).toEqual([
    "id    begins",
    `\u65e5\u672c  ${long}`,
  ]);
  vi.spyOn(process, "stdout", "get").mockReturnValue({ isTTY: true, columns: 30 } as never);
  const [, ...rows] = table(["id", "begins"], [["one", `${long} ${"x".repeat(40)}`]]).split("\n");
  expect(rows.every((row) => widthOf(row) < 30)).toBe(true);
  const shown = rows.map((row) => row.slice(5)).join("");
  expect(shown).toBe(`${long}${"x".repeat(40)}`);
});
