import { describe, expect, it } from "vitest";
import {
  anyPrompt,
  defaultAnswer,
  type MockServer,
  startMockServer,
} from "../../../scripts/mock-server.ts";
import type { AccHome } from "./acc.ts";
import { eachTerminalAnew, type Given, key } from "./each-terminal-anew.ts";
import { canDriveTerminal } from "./terminal.ts";

let fast: MockServer;
let slow: MockServer;
let home: AccHome;
let open: Given["open"];

eachTerminalAnew((given) => {
  ({ fast, slow, home, open } = given);
});

describe.runIf(canDriveTerminal)("acc in a real terminal", () => {
  it("says which mode is tried, streams the answer, and leaves nothing of the spinner", async () => {
    const screen = open("chat -p claude Explain decorators", slow);
    await screen.see(/claude sdk \(env:ANTHROPIC_API_KEY\) …/);
    const partly = await screen.see(/A decora/);
    expect(partly).not.toContain(defaultAnswer.slice(-8));
    expect(partly).not.toContain("env:ANTHROPIC_API_KEY");
    expect(await screen.see(/\[exit 0\]/)).toBe(`${defaultAnswer}\n[exit 0]`);
  });

  it("ends on Ctrl-C in mid-answer with 130, no stack and no process left", async () => {
    const screen = open("chat -p claude Explain decorators", slow);
    await screen.see(/A decora/);
    screen.press("C-c");
    const end = await screen.see(/\[exit 130\]/, 3000);
    expect(end).not.toMatch(/Error|ABORTED|\sat /);
    expect(screen.children()).not.toContain("main.cjs");
  });

  it("tells of the attempts around the answer and not within it", async () => {
    const screen = open("chat --verbose -p claude Explain decorators", fast);
    const end = await screen.see(/\[exit 0\]/);
    const answer = end.indexOf(`\n${defaultAnswer}\n`);
    expect(answer).toBeGreaterThan(end.indexOf("→ claude sdk"));
    expect(end.indexOf("answered,")).toBeGreaterThan(answer);
  });

  it("hides what is typed at the prompt of secrets set, and keeps it", async () => {
    const screen = open("secrets set groq_api_key", fast);
    await screen.see(/value of groq_api_key/);
    screen.press("-l", key);
    screen.press("Enter");
    expect(await screen.see(/\[exit 0\]/)).not.toContain(key);
    const { stdout } = await home.acc(["secrets", "get", "groq_api_key", "--reveal"]);
    expect(stdout).toBe(`${key}\n`);
  });

  it("ends the hidden prompt on Ctrl-C with 130 and keeps nothing", async () => {
    const screen = open("secrets set groq_api_key", fast);
    await screen.see(/value of groq_api_key/);
    screen.press("C-c");
    await screen.see(/\[exit 130\]/);
    expect((await home.acc(["secrets", "list"])).stdout).toBe("");
  });

  it("ends the hidden prompt on Ctrl-D, and says that nothing was typed", async () => {
    const screen = open("secrets set groq_api_key", fast);
    await screen.see(/The value of groq_api_key/);
    screen.press("C-d");
    const end = await screen.see(/\[exit 2\]/);
    expect(end).toContain("Nothing was typed. (ABORTED)");
    expect(end).not.toContain("waited for");
  });

  it("holds a conversation: history, /model, /retry, and Ctrl-D to end", async () => {
    const screen = open("chat -i -p claude", fast);
    await screen.see(/>$/);
    screen.press("-l", "first question");
    screen.press("Enter");
    await screen.see(/members\.\nclaude sdk, .*\n>$/);
    screen.press("-l", "/model some-model");
    screen.press("Enter");
    await screen.see(/The model is some-model/);
    screen.press("-l", "second question");
    screen.press("Enter");
    await screen.see(/members\.\n[\s\S]*members\.\nclaude sdk, some-model .*\n>$/);
    screen.press("-l", "/retry");
    screen.press("Enter");
    await screen.see(/members\.\n[\s\S]*members\.\n[\s\S]*members\.\n.*\n>$/);
    screen.press("C-d");
    await screen.see(/^\[exit 0\]/m);
    const asked = fast.requests().map(({ body }) => body as { model: string; messages: unknown[] });
    expect(asked.map(({ messages }) => messages.length)).toEqual([1, 3, 3]);
    expect(asked.map(({ model }) => model).slice(1)).toEqual(["some-model", "some-model"]);
    expect(JSON.stringify(asked[1]?.messages)).toContain("first question");
  });

  const escapeKey = String.fromCharCode(27);

  it.each([
    ["doctor", {}, true],
    ["doctor --no-color", {}, false],
    ["--no-color doctor", {}, false],
    ["doctor", { NO_COLOR: "1" }, false],
    ["doctor", { TERM: "dumb" }, false],
  ])("colours %s with %j: %s", async (args, env, coloured) => {
    const screen = open(args, fast, { env });
    await screen.see(/\[exit 0\]/);
    expect(screen.rawScreen().includes(`${escapeKey}[3`)).toBe(coloured);
  });

  it.each([
    ["secrets set groq_api_key", true],
    ["--no-color secrets set groq_api_key", false],
  ])("colours the prompt of %s: %s", async (args, coloured) => {
    const screen = open(args, fast);
    await screen.see(/The value of groq_api_key/);
    // 39 is the end of a colour, and none.
    expect(/\[[39][0-7]m/.test(screen.rawScreen())).toBe(coloured);
  });

  it("shows what a terminal would obey in an answer, and gives it to a pipe as it is", async () => {
    const answer = `${escapeKey}]0;title\u0007 the answer`;
    const server = await startMockServer({ fixtures: [anyPrompt(answer)], chunkSize: 5 });
    const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: server.url };
    const screen = open("chat -p claude hi", server);
    expect(await screen.see(/\[exit 0\]/)).toContain("\\x1b]0;title\\x07 the answer");
    const { stdout } = await home.acc(["chat", "-p", "claude", "hi"], { env });
    await server.close();
    expect(stdout).toBe(`${answer}\n`);
  });

  it("shows no mode and no spinner with --quiet", async () => {
    const screen = open("--quiet chat -p claude Explain decorators", slow);
    expect(await screen.see(/A decora/)).toMatch(/^A decora/);
    expect(await screen.see(/\[exit 0\]/)).toBe(`${defaultAnswer}\n[exit 0]`);
  });

  it.each([
    ["cache stats", 60],
    ["cache stats", 40],
    ["cache list", 60],
    ["models -p gemini", 60],
    ["models --help", 50],
  ])("keeps %s within a terminal of %i columns", async (args, columns) => {
    await home.acc(["chat", "-p", "claude", "hi"], {
      env: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: fast.url },
    });
    const screen = open(`${args} 2>/dev/null`, fast, { columns });
    const joined = await screen.see(/\[exit 0\]/);
    const plain = screen.rawScreen().replaceAll(new RegExp(`${escapeKey}\\[[0-9;]*m`, "g"), "");
    expect(plain.split("\n").map((line) => line.trimEnd())).toEqual(
      joined.split("\n").map((line) => line.trimEnd()),
    );
  });

  it.each([
    [80, /^provider +hits +misses +saved +kept +hits █ misses ░\nclaude +0 +1 +0\.0 s +1 +░+$/m],
    [40, /^provider +hits +misses +saved +kept\nclaude +0 +1 +0\.0 s +1$/m],
    [30, /^provider +claude\nhits +0\nmisses +1\nsaved +0\.0 s\nkept +1$/m],
  ])("shows the statistics by provider in %i columns", async (columns, seen) => {
    await home.acc(["chat", "-p", "claude", "hi"], {
      env: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: fast.url },
    });
    const screen = open("cache stats", fast, { columns });
    expect(await screen.see(/\[exit 0\]/)).toMatch(seen);
  });

  it("ends only the answer on Ctrl-C in a conversation", async () => {
    const screen = open("chat -i -p claude question", slow);
    await screen.see(/A decora/);
    screen.press("C-c");
    await screen.see(/\n>$/);
    screen.press("C-c");
    await screen.see(/\[exit 130\]/);
  });
});
