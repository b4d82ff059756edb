import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import {
  anyPrompt,
  defaultAnswer,
  type MockServer,
  startMockServer,
} from "../../../scripts/mock-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import type { AccHome } from "./acc.ts";
import { eachTerminalAnew, type Given, key, type Look } from "./each-terminal-anew.ts";
import { canDriveTerminal, type Terminal } from "./terminal.ts";

const esc = String.fromCharCode(27);
let fast: MockServer;
let slow: MockServer;
let home: AccHome;
let open: Given["open"];

eachTerminalAnew((given) => {
  ({ fast, slow, home, open } = given);
});

type Flagged = Look & { readonly flags?: string };

/** The files of the home in which a text stands as it was typed. */
async function filesWith(words: string): Promise<readonly string[]> {
  const all = await readdir(home.path, { recursive: true, withFileTypes: true });
  const paths = all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const texts = await Promise.all(paths.map((path) => readFile(path, "latin1")));
  return paths.filter((_, index) => texts[index]?.includes(words));
}

/** A conversation whose first prompt is there. */
async function begin(server: { readonly url: string }, { flags = "", ...look }: Flagged = {}) {
  const terminal = open(`chat -i -p claude --only sdk ${flags}`, server, look);
  await terminal.see(/^>$/m);
  return terminal;
}

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

const asked = (server: MockServer) =>
  server.requests().map(({ body }) => {
    const { messages } = body as { messages: readonly { content: unknown }[] };
    return messages.at(-1)?.content;
  });

describe.runIf(canDriveTerminal)("a message that is written in a terminal", () => {
  // simonw/llm#267, simonw/llm#713, kardolus/chatgpt-cli#160: a paste was sent line by line.
  it("is one where several lines are pasted, and is sent by Enter alone", async () => {
    const screen = await begin(fast);
    screen.paste("/first line\n\n\tthird 你好\n");
    expect(await screen.see(/third/)).toMatch(/^> \/first line\n *\n {6}third 你好$/m);
    expect(fast.requests()).toEqual([]);
    screen.press("Enter");
    await screen.see(/members\.\n.*\n>$/);
    expect(asked(fast)).toEqual(["/first line\n\n\tthird 你好"]);
  });

  // 0xacx/chatGPT-shell-cli#142, sigoden/aichat#147
  it("has several lines by Alt-Enter, Ctrl-J and a backslash, which can be gone back to", async () => {
    const screen = await begin(fast);
    screen.press("-l", "one");
    screen.press("M-Enter", "t", "w", "C-j");
    screen.press("-l", "three\\");
    screen.press("Enter", "e", "n", "d");
    await screen.see(/> one\n {2}tw\n {2}three\n {2}end$/);
    screen.press("Up", "Up", "End", "o");
    await screen.see(/> one\n {2}two\n/);
    screen.press("Enter");
    await screen.see(/members\.\n.*\n>$/);
    expect(asked(fast)).toEqual(["one\ntwo\nthree\nend"]);
  });

  // github/copilot-cli#3170, charmbracelet/bubbles#920: the cursor stood within wide characters.
  it("has its cursor where the terminal shows it, between wide characters too", async () => {
    const screen = await begin(fast, { columns: 60 });
    screen.paste("漢字👍é");
    await screen.see(/> 漢字👍é/);
    expect(screen.cursor().column).toBe(2 + 6 + 1);
    screen.press("Left", "Left");
    await expect.poll(() => screen.cursor().column).toBe(2 + 4);
    screen.press("x");
    await screen.see(/> 漢字x👍é/);
  });

  it("is broken at the terminal's width, and drawn anew in another one", async () => {
    const screen = await begin(fast, { columns: 60 });
    const words = "0123456789".repeat(9);
    screen.press("-l", words);
    await screen.see(new RegExp(`> ${words.slice(0, 57)}\\n {2}${words.slice(57)}$`));
    screen.resize(30);
    screen.press("x");
    await screen.see(new RegExp(`${words.slice(81)}x$`));
    screen.resize(100);
    screen.press("y");
    const end = await screen.see(new RegExp(`^> ${words}xy$`, "m"));
    expect(end.match(/^>/gm)).toHaveLength(1);
  });

  it("may be longer than the screen", async () => {
    const screen = await begin(fast);
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`).join("\n");
    screen.paste(lines);
    await screen.see(/^… line \d+\n[\s\S]* {2}line 199$/m);
    screen.press("-l", " end");
    await screen.see(/line 199 end$/);
    screen.press("Enter");
    await screen.see(/members\.\n.*\n>$/);
    expect(asked(fast)).toEqual([`${lines} end`]);
  });

  // google-gemini/gemini-cli#2560, google-gemini/gemini-cli#2789: a long paste never came to its end.
  it("may be a long text that is pasted", async () => {
    const vendor = await startLoopbackServer(plays("claude", "Read."));
    const screen = await begin(vendor);
    const pasted = `${"All work and no play. ".repeat(20)}\n`.repeat(700);
    screen.paste(`${pasted}the end`);
    await screen.see(/the end$/);
    screen.press("Enter");
    await screen.see(/Read\.\n.*\n>$/);
    await vendor.close();
    const { messages } = JSON.parse(vendor.requests[0]?.body ?? "");
    expect(messages).toHaveLength(1);
    expect(messages[0].content[0].text === `${pasted}the end`).toBe(true);
  });

  // anthropics/claude-code#16817: the terminal bracketed what was pasted into the next program.
  it.each([
    ["C-d", 0],
    ["C-c", 130],
  ])("leaves the terminal as it was after %s", async (keys, code) => {
    const screen = await begin(fast);
    screen.press(keys);
    await screen.see(new RegExp(`\\[exit ${code}\\]`));
    screen.paste("typed into the next");
    await screen.see(/\]\ntyped into the next$/);
  });

  // conduit-cli/conduit#26: what Ctrl-C puts aside can be had back.
  it("is put aside by Ctrl-C, had back by Up, and the next Ctrl-C ends with 130", async () => {
    const screen = await begin(fast);
    screen.press("-l", "half a thought");
    screen.press("C-c");
    await screen.see(/half a thought\n>$/);
    screen.press("Up");
    await screen.see(/half a thought\n> half a thought$/);
    screen.press("C-c");
    await screen.see(/half a thought\n> half a thought\n>$/);
    screen.press("C-c");
    await screen.see(/\[exit 130\]/);
    expect(fast.requests()).toEqual([]);
    // jschuur/chatgpt-repl#18, chillerbot/chillerbot-ux#134: of what is typed nothing is written down.
    expect(await filesWith("half a thought")).toEqual([]);
  });

  it("waits while an answer comes, a paste too, and Ctrl-C ends the answer alone", async () => {
    const screen = await begin(slow);
    screen.press("-l", "one");
    screen.press("Enter");
    await screen.see(/A decora/);
    screen.paste("two\nthree");
    screen.press("Enter");
    await screen.see(/members\.[\s\S]*> two\n {2}three\n[\s\S]*A decora/);
    screen.press("C-c");
    await screen.see(/\n>$/);
    screen.press("C-d");
    await screen.see(/\[exit 0\]/);
    expect(asked(slow)).toEqual(["one", "two\nthree"]);
  });

  it("is written in $EDITOR by /edit and Ctrl-G, and sent when it has been seen", async () => {
    const editor = join(home.path, "editor.sh");
    await writeFile(editor, '#!/bin/sh\nprintf " and\\nmore" >> "$2"\n', { mode: 0o755 });
    const screen = await begin(fast, { env: { EDITOR: `${editor} --wait` } });
    screen.press("-l", "/edit some");
    screen.press("Enter");
    await screen.see(/> some and\n {2}more$/);
    screen.press("C-g");
    await screen.see(/> some and\n {2}more and\n {2}more$/);
    expect(fast.requests()).toEqual([]);
    screen.press("Enter");
    await screen.see(/members\.\n.*\n>$/);
    expect(asked(fast)).toEqual(["some and\nmore and\nmore"]);
  });

  it("stays as it is where Ctrl-C ends the editor", async () => {
    const editor = join(home.path, "editor.sh");
    await writeFile(editor, "#!/bin/sh\necho waiting\nsleep 30\n", { mode: 0o755 });
    const screen = await begin(fast, { env: { EDITOR: editor } });
    screen.press("-l", "kept");
    screen.press("C-g");
    await screen.see(/waiting/);
    screen.press("C-c");
    await screen.see(/\(EDITOR_FAILED\)[\s\S]*> kept$/);
  });

  it("stays as it is where the editor fails", async () => {
    const screen = await begin(fast, { env: { EDITOR: "/no/such/editor" } });
    screen.press("-l", "kept");
    screen.press("C-g");
    await screen.see(/\(EDITOR_FAILED\)[\s\S]*> kept$/);
    screen.press("Enter");
    await screen.see(/members\.\n.*\n>$/);
    expect(asked(fast)).toEqual(["kept"]);
  });

  it("is completed by Tab where it is a command's word", async () => {
    const screen = await begin(fast);
    screen.press("-l", "/mo");
    screen.press("Tab");
    screen.press("-l", "some-model");
    screen.press("Enter");
    await screen.see(/The model is some-model/);
  });

  it("is read in a terminal that can do nothing but print", async () => {
    const screen = await begin(fast, { env: { TERM: "dumb" } });
    screen.press("-l", "one");
    screen.press("Enter");
    await screen.see(/members\.\n>$/);
    screen.press("C-d");
    await screen.see(/\[exit 0\]/);
    expect(screen.rawScreen()).not.toContain(esc);
  });
});

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
    const schema = join(home.path, "schema.json");
    await writeFile(schema, '{"type":"object"}');
    const screen = await answered('{"a":"**b**"}', { flags: `--schema ${schema}` });
    expect(screen.screen()).toContain('\n{"a":"**b**"}\n');
  });

  it("is as it came in a pipe", async () => {
    const server = await startMockServer({ fixtures: [anyPrompt(markdown)] });
    const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: server.url };
    const run = await home.acc(["chat", "-i", "-p", "claude"], { env, stdin: "ask\n" });
    await server.close();
    expect(run).toEqual({ code: 0, stdout: `${markdown}\n`, stderr: "" });
  });

  it("goes to a file as it came, while the conversation is on the terminal", async () => {
    const path = join(home.path, "out.txt");
    const screen = await begin(fast, { flags: `> '${path}'` });
    screen.press("-l", "one");
    screen.press("Enter");
    await screen.see(/> one\n>$/);
    screen.press("C-d");
    await screen.see(/\[exit 0\]/);
    expect(await readFile(path, "utf8")).toBe(`${defaultAnswer}\n`);
  });

  // jonigl/mcp-client-for-ollama#251: a resize while it streams showed lines twice.
  it("is there once, however the terminal is resized while it comes", async () => {
    const screen = await begin(slow, { columns: 60 });
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
