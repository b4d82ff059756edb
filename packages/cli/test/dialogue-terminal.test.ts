import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import type { MockServer } from "../../../scripts/mock-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { dialogueScene, esc } from "./dialogue-terminal-scene.ts";
import { canDriveTerminal } from "./terminal.ts";

const scene = dialogueScene();
const { begin } = scene;

/** The files of the home in which a text stands as it was typed. */
async function filesWith(words: string): Promise<readonly string[]> {
  const all = await readdir(scene.home.path, { recursive: true, withFileTypes: true });
  const paths = all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const texts = await Promise.all(paths.map((path) => readFile(path, "latin1")));
  return paths.filter((_, index) => texts[index]?.includes(words));
}

const asked = (server: MockServer) =>
  server.requests().map(({ body }) => {
    const { messages } = body as { messages: readonly { content: unknown }[] };
    return messages.at(-1)?.content;
  });

describe.runIf(canDriveTerminal)("a message that is written in a terminal", () => {
  // simonw/llm#267, simonw/llm#713, kardolus/chatgpt-cli#160: a paste was sent line by line.
  it("is one where several lines are pasted, and is sent by Enter alone", async () => {
    const screen = await begin(scene.fast);
    screen.paste("/first line\n\n\tthird 你好\n");
    expect(await screen.see(/third/)).toMatch(/^> \/first line\n *\n {6}third 你好$/m);
    expect(scene.fast.requests()).toEqual([]);
    screen.press("Enter");
    await screen.see(/members\.\n.*\n>$/);
    expect(asked(scene.fast)).toEqual(["/first line\n\n\tthird 你好"]);
  });

  // 0xacx/chatGPT-shell-cli#142, sigoden/aichat#147
  it("has several lines by Alt-Enter, Ctrl-J and a backslash, which can be gone back to", async () => {
    const screen = await begin(scene.fast);
    screen.press("-l", "one");
    screen.press("M-Enter", "t", "w", "C-j");
    screen.press("-l", "three\\");
    screen.press("Enter", "e", "n", "d");
    await screen.see(/> one\n {2}tw\n {2}three\n {2}end$/);
    screen.press("Up", "Up", "End", "o");
    await screen.see(/> one\n {2}two\n/);
    screen.press("Enter");
    await screen.see(/members\.\n.*\n>$/);
    expect(asked(scene.fast)).toEqual(["one\ntwo\nthree\nend"]);
  });

  // github/copilot-cli#3170, charmbracelet/bubbles#920: the cursor stood within wide characters.
  it("has its cursor where the terminal shows it, between wide characters too", async () => {
    const screen = await begin(scene.fast, { columns: 60 });
    screen.paste("漢字👍é");
    await screen.see(/> 漢字👍é/);
    expect(screen.cursor().column).toBe(2 + 6 + 1);
    screen.press("Left", "Left");
    await expect.poll(() => screen.cursor().column).toBe(2 + 4);
    screen.press("x");
    await screen.see(/> 漢字x👍é/);
  });

  it("is broken at the terminal's width, and drawn anew in another one", async () => {
    const screen = await begin(scene.fast, { columns: 60 });
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
    const screen = await begin(scene.fast);
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`).join("\n");
    screen.paste(lines);
    await screen.see(/^… line \d+\n[\s\S]* {2}line 199$/m);
    screen.press("-l", " end");
    await screen.see(/line 199 end$/);
    screen.press("Enter");
    await screen.see(/members\.\n.*\n>$/);
    expect(asked(scene.fast)).toEqual([`${lines} end`]);
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
    const screen = await begin(scene.fast);
    screen.press(keys);
    await screen.see(new RegExp(`\\[exit ${code}\\]`));
    screen.paste("typed into the next");
    await screen.see(/\]\ntyped into the next$/);
  });

  // conduit-cli/conduit#26: what Ctrl-C puts aside can be had back.
  it("is put aside by Ctrl-C, had back by Up, and the next Ctrl-C ends with 130", async () => {
    const screen = await begin(scene.fast);
    screen.press("-l", "half a thought");
    screen.press("C-c");
    await screen.see(/half a thought\n>$/);
    screen.press("Up");
    await screen.see(/half a thought\n> half a thought$/);
    screen.press("C-c");
    await screen.see(/half a thought\n> half a thought\n>$/);
    screen.press("C-c");
    await screen.see(/\[exit 130\]/);
    expect(scene.fast.requests()).toEqual([]);
    // jschuur/chatgpt-repl#18, chillerbot/chillerbot-ux#134: of what is typed nothing is written down.
    expect(await filesWith("half a thought")).toEqual([]);
  });

  it("waits while an answer comes, a paste too, and Ctrl-C ends the answer alone", async () => {
    const screen = await begin(scene.slow);
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
    expect(asked(scene.slow)).toEqual(["one", "two\nthree"]);
  });

  it("is written in $EDITOR by /edit and Ctrl-G, and sent when it has been seen", async () => {
    const editor = join(scene.home.path, "editor.sh");
    await writeFile(editor, '#!/bin/sh\nprintf " and\\nmore" >> "$2"\n', { mode: 0o755 });
    const screen = await begin(scene.fast, { env: { EDITOR: `${editor} --wait` } });
    screen.press("-l", "/edit some");
    screen.press("Enter");
    await screen.see(/> some and\n {2}more$/);
    screen.press("C-g");
    await screen.see(/> some and\n {2}more and\n {2}more$/);
    expect(scene.fast.requests()).toEqual([]);
    screen.press("Enter");
    await screen.see(/members\.\n.*\n>$/);
    expect(asked(scene.fast)).toEqual(["some and\nmore and\nmore"]);
  });

  it("stays as it is where Ctrl-C ends the editor", async () => {
    const editor = join(scene.home.path, "editor.sh");
    await writeFile(editor, "#!/bin/sh\necho waiting\nsleep 30\n", { mode: 0o755 });
    const screen = await begin(scene.fast, { env: { EDITOR: editor } });
    screen.press("-l", "kept");
    screen.press("C-g");
    await screen.see(/waiting/);
    screen.press("C-c");
    await screen.see(/\(EDITOR_FAILED\)[\s\S]*> kept$/);
  });

  it("stays as it is where the editor fails", async () => {
    const screen = await begin(scene.fast, { env: { EDITOR: "/no/such/editor" } });
    screen.press("-l", "kept");
    screen.press("C-g");
    await screen.see(/\(EDITOR_FAILED\)[\s\S]*> kept$/);
    screen.press("Enter");
    await screen.see(/members\.\n.*\n>$/);
    expect(asked(scene.fast)).toEqual(["kept"]);
  });

  it("is completed by Tab where it is a command's word", async () => {
    const screen = await begin(scene.fast);
    screen.press("-l", "/mo");
    screen.press("Tab");
    screen.press("-l", "some-model");
    screen.press("Enter");
    await screen.see(/The model is some-model/);
  });

  it("is read in a terminal that can do nothing but print", async () => {
    const screen = await begin(scene.fast, { env: { TERM: "dumb" } });
    screen.press("-l", "one");
    screen.press("Enter");
    await screen.see(/members\.\n>$/);
    screen.press("C-d");
    await screen.see(/\[exit 0\]/);
    expect(screen.rawScreen()).not.toContain(esc);
  });
});
