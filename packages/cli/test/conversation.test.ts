import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { defaultAnswer, type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import { plays, refuses } from "../../../scripts/vendor-answers.ts";
import { testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";
import { accLine, canDriveTerminal, Terminal } from "./terminal.ts";

let server: MockServer;
const home = homeAnew();

beforeAll(async () => {
  server = await startMockServer({ latency: 50 });
});
afterAll(() => server.close());
beforeEach(async () => {
  server.forget();
});

const environment = (url = server.url) => ({ ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: url });

const converse = (args: readonly string[], stdin = "", url?: string) =>
  home.acc(["chat", "-i", "-p", "claude", "--no-cache", ...args], {
    env: environment(url),
    stdin,
  });

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
}

const messagesOf = (body: unknown) => (body as Asked).messages;
const lastOf = (body: unknown) => JSON.stringify(messagesOf(body).at(-1));

async function image(): Promise<string> {
  const path = join(home.path, "dot.png");
  await writeFile(path, Buffer.from("89504e470d0a1a0a", "hex"));
  return path;
}

describe("a conversation whose lines are piped in", () => {
  it("asks every line, also those that come while the words are answered", async () => {
    const run = await converse(["hello", "words"], "UNO\nDUE\n");
    expect(run).toEqual({ code: 0, stdout: `${defaultAnswer}\n`.repeat(3), stderr: "" });
    const asked = server.requests().map(({ body }) => lastOf(body));
    expect(asked).toEqual(
      ["hello words", "UNO", "DUE"].map((text) => expect.stringContaining(text)),
    );
  });

  it("writes no prompt, with and without --quiet", async () => {
    expect((await converse([], "UNO\n")).stderr).toBe("");
    expect((await converse(["--quiet"], "UNO\n")).stderr).toBe("");
  });

  it("asks the words and the file together first, and then what is typed", async () => {
    const file = join(home.path, "a.txt");
    await writeFile(file, "of the file\n");
    expect((await converse(["words", "--file", file], "UNO\n")).code).toBe(0);
    const [first, second] = server.requests().map(({ body }) => lastOf(body));
    expect(first).toContain('"words\\n\\nof the file"');
    expect(second).toContain("UNO");
    expect(second).not.toContain("of the file");
  });

  it.each([["words"], ["file"], ["line"]])(
    "sends the image with a first question of the %s",
    async (giver) => {
      const file = join(home.path, "a.txt");
      await writeFile(file, "of the file\n");
      const given = { words: ["hello"], file: ["--file", file] }[giver] ?? [];
      const vendor = await startLoopbackServer(plays("claude", "Seen."));
      await converse([...given, "--image", await image()], "UNO\nDUE\n", vendor.url);
      await vendor.close();
      const bodies = vendor.requests.map(({ body }) => messagesOf(JSON.parse(body)));
      expect(bodies).toHaveLength(giver === "line" ? 2 : 3);
      for (const messages of bodies) {
        const holders = messages.filter((message) =>
          JSON.stringify(message).includes("iVBORw0KGgo="),
        );
        expect(holders).toEqual([messages[0]]);
      }
    },
  );

  it("sends the image with the next line where the first question failed", async () => {
    const refusing = refuses("claude", 400, { message: "no" });
    const vendor = await startLoopbackServer(refusing);
    let asked = 0;
    vendor.answer = (response, request) => {
      asked += 1;
      return (asked === 1 ? refusing : plays("claude", "Seen."))(response, request);
    };
    const run = await converse(["--image", await image()], "UNO\nDUE\n", vendor.url);
    await vendor.close();
    expect(run.stdout).toBe("Seen.\n");
    const last = JSON.parse(vendor.requests.at(-1)?.body ?? "");
    expect(messagesOf(last)).toHaveLength(1);
    expect(lastOf(last)).toContain("iVBORw0KGgo=");
    expect(lastOf(last)).toContain("DUE");
  });

  it.each([
    [["--file", "none.txt"], "FILE_UNREADABLE"],
    [["--image", "none.png"], "FILE_UNREADABLE"],
    [["--image", "none.bmp"], "WRONG_USAGE"],
  ])("tells of %j at once and asks nothing", async (args, code) => {
    const run = await converse(args, "UNO\n");
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(`(${code})`);
    expect(server.requests()).toEqual([]);
  });

  it("keeps what was said where a /retry fails", async () => {
    const answers = [plays("claude", "one"), null, plays("claude", "three")];
    const failing = await startLoopbackServer((response, request) => {
      const answer = answers.shift();
      const refused = refuses("claude", 400, { type: "invalid_request_error", message: "no" });
      return (answer ?? refused)(response, request);
    });
    await converse([], "first question\n/retry\nsecond question\n", failing.url);
    const bodies = failing.requests.map(({ body }) => JSON.parse(body));
    await failing.close();
    expect(bodies.map((body) => messagesOf(body).length)).toEqual([1, 1, 3]);
    expect(JSON.stringify(bodies[2])).toMatch(/first question.*one.*second question/);
  });

  it("refuses a line above 16 MiB and goes on", async () => {
    const run = await converse([], `${"x".repeat(16 * 1024 * 1024 + 1)}\nUNO\n`);
    expect(run.stdout).toBe(`${defaultAnswer}\n`);
    expect(run.stderr).toContain("There are more than 16 MiB in this line. (INPUT_TOO_LARGE)");
    expect(server.requests().map(({ body }) => messagesOf(body).length)).toEqual([1]);
    expect(lastOf(server.requests()[0]?.body)).toContain("UNO");
  });
});

describe.runIf(canDriveTerminal)("a conversation in a real terminal", () => {
  it("asks what is typed while the words are answered, and then ends on a Ctrl-D of before", async () => {
    const slow = await startMockServer({ latency: 300, chunkSize: 8 });
    const args = "chat -i -p claude --only sdk --no-cache hello";
    const terminal = new Terminal(
      accLine(args, { HOME: home.path, ...environment(slow.url) }),
      100,
    );
    await terminal.see(/A decora/);
    terminal.press("-l", "UNO");
    terminal.press("Enter", "C-d");
    await terminal.see(/\[exit 0\]/);
    await terminal.close();
    const asked = slow.requests().map(({ body }) => lastOf(body));
    await slow.close();
    expect(asked).toEqual(["hello", "UNO"].map((text) => expect.stringContaining(text)));
  });

  it("writes no prompt between the answers where it is piped in", async () => {
    const line = accLine("chat -i -p claude --no-cache", { HOME: home.path, ...environment() });
    const terminal = new Terminal(`printf 'UNO\\nDUE\\n' | ${line}`, 100);
    const screen = await terminal.see(/\[exit 0\]/);
    await terminal.close();
    expect(screen).toBe(`${defaultAnswer}\n${defaultAnswer}\n[exit 0]`);
  });
});

describe.runIf(canDriveTerminal)("an error in a real terminal", () => {
  it.each([
    ["chat", "\\[exit 1\\]"],
    ["chat -i", "\\n>$"],
  ])("of %s stands on a line of its own behind a part of the answer", async (command, end) => {
    const schema = join(home.path, "schema.json");
    await writeFile(schema, '{"type":"object","required":["b"]}');
    const vendor = await startLoopbackServer(plays("claude", '{"a":"Goethe"}'));
    const args = `${command} -p claude --only sdk --no-cache --schema ${schema} Who`;
    const terminal = new Terminal(
      accLine(args, { HOME: home.path, ...environment(vendor.url) }),
      100,
    );
    const screen = await terminal.see(new RegExp(end));
    await terminal.close();
    await vendor.close();
    expect(screen).toMatch(/^\{"a":"Goethe"\}\nacc: /m);
  });
});
