import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { anyPrompt, defaultAnswer, startMockServer } from "../../../scripts/mock-server.ts";
import { dialogueScene, esc, type Flagged } from "./dialogue-terminal-scene.ts";
import { key } from "./each-terminal-anew.ts";
import { canDriveTerminal, type Terminal } from "./terminal.ts";

const scene = dialogueScene();
const { begin } = scene;

/** A text of which this is the answer, on a terminal. */
async function answered(answer: string, look: Flagged = {}): Promise<Terminal> {
  const server = await startMockServer({ fixtures: [anyPrompt(answer)], chunkSize: 5 });
  try {
    const screen = await begin(server, look);
    screen.press("-l", "ask");
    screen.press("Enter");
    await screen.see(/> ask\n[\s\S]*\n>$/);
    return screen;
  } finally {
    await server.close();
  }
}

describe.runIf(canDriveTerminal)("an answer in a conversation", () => {
  const markdown = [
    "# Title",
    "",
    `Some **bold** words and \`code\` ${"and more ".repeat(6)}end.`,
    "",
    "- one",
    "- two",
    "",
    "```sh",
    "echo hi",
    "```",
    "",
    "| a | b |",
    "|---|---|",
    "| 你好 | 2 |",
  ].join("\n");

  it("is shown as markdown, within the terminal's width", async () => {
    const screen = await answered(markdown, { columns: 60 });
    const shown = screen.screen();
    expect(shown).toContain("\nTitle\n\nSome bold words and code and more");
    expect(shown).toMatch(/\n• one\n• two\n\necho hi\n\n┌──────┬───┐\n│ a {4}│ b │\n/);
    expect(shown).toMatch(/└──────┴───┘\nclaude sdk, \S+ · .* s( · \$\d.*)?\n>$/);
    expect(screen.rawScreen()).toContain(`${esc}[1mbold`);
    const lines = screen.rawScreen().replaceAll(new RegExp(`${esc}\\[[0-9;]*m`, "g"), "");
    expect(lines.split("\n").map((line) => line.trimEnd())).toEqual(
      shown.split("\n").map((line) => line.trimEnd()),
    );
  });

  it("has no colours with NO_COLOR, and its marks then", async () => {
    const screen = await answered(markdown, { columns: 60, env: { NO_COLOR: "1" } });
    expect(screen.screen()).toContain("\n# Title\n\nSome **bold** words and `code` and more");
    expect(screen.screen()).toContain("```sh\necho hi\n```");
    expect(screen.rawScreen()).not.toContain(`${esc}[`);
  });

  it("steers no terminal", async () => {
    const screen = await answered(`**a** ${esc}]0;title\u0007 b`);
    expect(screen.screen()).toContain("\na \\x1b]0;title\\x07 b\n");
  });

  it("is as it came where JSON is asked for", async () => {
    const schema = join(scene.home.path, "schema.json");
    await writeFile(schema, '{"type":"object"}');
    const screen = await answered('{"a":"**b**"}', { flags: `--schema ${schema}` });
    expect(screen.screen()).toContain('\n{"a":"**b**"}\n');
  });

  it("is as it came in a pipe", async () => {
    const server = await startMockServer({ fixtures: [anyPrompt(markdown)] });
    const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: server.url };
    const run = await scene.home.acc(["chat", "-i", "-p", "claude"], { env, stdin: "ask\n" });
    await server.close();
    expect(run).toEqual({ code: 0, stdout: `${markdown}\n`, stderr: "" });
  });

  it("goes to a file as it came, while the conversation is on the terminal", async () => {
    const path = join(scene.home.path, "out.txt");
    const screen = await begin(scene.fast, { flags: `> '${path}'` });
    screen.press("-l", "one");
    screen.press("Enter");
    await screen.see(/> one\n>$/);
    screen.press("C-d");
    await screen.see(/\[exit 0\]/);
    expect(await readFile(path, "utf8")).toBe(`${defaultAnswer}\n`);
  });

  // jonigl/mcp-client-for-ollama#251: a resize while it streams showed lines twice.
  it("is there once, however the terminal is resized while it comes", async () => {
    const screen = await begin(scene.slow, { columns: 60 });
    screen.press("-l", "one");
    screen.press("Enter");
    await screen.see(/A decora/);
    screen.resize(40);
    await screen.see(/function/);
    screen.resize(90);
    const end = await screen.see(/members\.\n.*\n>$/);
    expect(end.replaceAll(/\s+/g, " ")).toContain(defaultAnswer);
    expect(end.match(/A decorator/g)).toHaveLength(1);
  });

  it("tells what it took only where notes are wanted", async () => {
    const screen = await answered("Hello.", { flags: "--no-cache -v" });
    expect(screen.screen()).toMatch(/ s( · \$\d.*)?\n>$/);
  });
});
