import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSecrets, passphrase } from "@acc/secrets";
import { beforeEach, describe, expect, it } from "vitest";
import { defaultAnswer } from "../../../scripts/mock-server.ts";
import { testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";
import { detached, lockStore, phrase } from "./locked-home.ts";
import { startServe } from "./serve-process.ts";
import { accLine, canDriveTerminal, Terminal } from "./terminal.ts";

const { server, home } = eachTestAnew();

/** A machine with a key of Groq's in a store that a passphrase alone opens. */
beforeEach(async () => {
  await home.acc(["secrets", "set", "groq_api_key"], { stdin: testKey });
  await lockStore(home);
}, 60_000);

/** A program that asks acc for two answers, and tells how that went. */
const asksTwice = `
  const ask = async (content) => {
    const { OPENAI_BASE_URL, OPENAI_API_KEY } = process.env;
    const answer = await fetch(OPENAI_BASE_URL + "/chat/completions", {
      method: "POST",
      headers: { authorization: "Bearer " + OPENAI_API_KEY, "content-type": "application/json" },
      body: JSON.stringify({ model: "groq", messages: [{ role: "user", content }] }),
    });
    return answer.status;
  };
  console.log("status", await ask("one"), await ask("other"));
`;

const environment = () => ({ HOME: home.path, GROQ_BASE_URL: server.url });

/** Runs `acc` where there is no terminal at all. */
const withoutTerminal = (args: readonly string[], stdin = "") =>
  detached(args, environment(), stdin);

async function typed(line: string, phrases: readonly string[], end: RegExp): Promise<string> {
  const terminal = new Terminal(line, 100);
  try {
    for (const each of phrases) {
      await terminal.see(/The passphrase of the secrets store/);
      terminal.press("-l", each);
      terminal.press("Enter");
    }
    return await terminal.see(end);
  } finally {
    await terminal.close();
  }
}

describe.runIf(canDriveTerminal)(
  "a store that opens with a passphrase alone, on a terminal",
  () => {
    it.each([
      ["chat -p groq hi", ""],
      ["chat hi", ""],
      ["chat hi", "echo more | "],
      ["chat --unlock passphrase -p groq hi", "echo more | "],
    ])(
      "is asked for once by acc %s, behind %j",
      async (args, before) => {
        const screen = await typed(
          `${before}${accLine(args, environment())}`,
          [phrase],
          /\[exit 0\]/,
        );
        expect(screen).toContain(defaultAnswer);
        expect(screen.match(/The passphrase/g)).toHaveLength(1);
        expect(screen).not.toContain("horse");
        expect(server.requests()).toHaveLength(1);
      },
      60_000,
    );

    it("is asked for in a conversation, whose messages are not taken for it, nor it for one", async () => {
      const terminal = new Terminal(accLine("chat -i -p groq", environment()), 100);
      const say = (words: string) => {
        terminal.press("-l", words);
        terminal.press("Enter");
      };
      await terminal.see(/^>$/m);
      say("one");
      await terminal.see(/The passphrase of/);
      say(phrase);
      await terminal.see(/members\.\n.*\n>$/);
      say("two");
      await terminal.see(/members\.[\s\S]*members\.\n.*\n>$/);
      terminal.press("C-d");
      await terminal.see(/\[exit 0\]/);
      await terminal.close();
      const asked = server.requests().map(({ body }) => JSON.stringify(body));
      expect(asked).toEqual([expect.stringContaining("one"), expect.stringContaining("two")]);
      expect(asked.join()).not.toContain("horse");
    }, 60_000);

    it("is not asked for where the cache has the answer", async () => {
      const line = accLine("chat -p groq hi", environment());
      await typed(line, [phrase], /\[exit 0\]/);
      expect(await typed(line, [], /\[exit 0\]/)).not.toContain("passphrase");
    }, 60_000);

    it("is asked for once where it is typed wrongly, and the call says so", async () => {
      const screen = await typed(accLine("chat hi", environment()), ["wrong"], /\[exit 1\]/);
      expect(screen.match(/The passphrase does not open/g)).toHaveLength(1);
      expect(server.requests()).toEqual([]);
    }, 60_000);

    // Later the terminal is the command's, which draws on all of it.
    it("is asked for once by acc run, before its command begins", async () => {
      const path = join(home.path, "command.mjs");
      await writeFile(path, `console.log("begun");${asksTwice}`);
      const line = accLine(`run -- '${process.execPath}' '${path}'`, environment());
      const screen = await typed(line, [phrase], /\[exit 0\]/);
      expect(screen.match(/The passphrase/g)).toHaveLength(1);
      expect(screen.indexOf("begun")).toBeGreaterThan(screen.indexOf("The passphrase"));
      expect(screen).toContain("status 200 200");
    }, 60_000);

    it("is asked for once by acc serve, for its token as for keys", async () => {
      const terminal = new Terminal(accLine("serve --port 0", environment()), 100);
      try {
        await terminal.see(/The passphrase of the secrets store/);
        terminal.press("-l", phrase);
        terminal.press("Enter");
        const screen = await terminal.see(/acc serves at http:\S+/);
        const [, url = ""] = /serves at (http:\S+)/.exec(screen) ?? [];
        const directory = join(home.path, ".config", "acc");
        await using store = await openSecrets({ directory, keys: [passphrase(phrase)] });
        const token = (await store.get("acc_server_token"))?.reveal();
        for (const content of ["one", "other"]) {
          const answer = await fetch(`${url}/v1/chat/completions`, {
            method: "POST",
            headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
            body: JSON.stringify({ model: "groq", messages: [{ role: "user", content }] }),
          });
          expect(answer.status).toBe(200);
        }
        expect(terminal.screen().match(/The passphrase/g)).toHaveLength(1);
        terminal.press("C-c");
        await terminal.see(/\[exit \d+\]/);
      } finally {
        await terminal.close();
      }
    }, 60_000);

    it.each(["chat hi", "chat -i hi"])(
      "is left closed by Ctrl-C at acc %s",
      async (args) => {
        const terminal = new Terminal(accLine(args, environment()), 100);
        await terminal.see(/The passphrase of/);
        terminal.press("C-c");
        await terminal.see(/\[exit 130\]/);
        await terminal.close();
        expect(server.requests()).toEqual([]);
      },
      60_000,
    );

    it("is opened by --unlock, and by what is told where there is no terminal", async () => {
      const refused = await withoutTerminal(["chat", "-p", "groq", "hi"]);
      expect([refused.code, refused.stdout]).toEqual([1, ""]);
      expect(refused.stderr.match(/there is no terminal to type it on/g)).toHaveLength(1);
      expect(refused.stderr).toContain("sdk with key, cli with key: MISSING_CREDENTIALS");
      const [, remedy = ""] = /acc (secrets keys add .*)/.exec(refused.stderr) ?? [];
      const terminal = new Terminal(accLine(remedy, environment()), 100);
      await terminal.see(/The passphrase/);
      terminal.press("-l", phrase);
      terminal.press("Enter");
      await terminal.see(/now opens the store[\s\S]*\[exit 0\]/);
      await terminal.close();
      expect(await withoutTerminal(["chat", "-p", "groq", "hi"])).toEqual({
        code: 0,
        stdout: `${defaultAnswer}\n`,
        stderr: "",
      });
    }, 60_000);
  },
);

describe("a store that opens with a passphrase alone, without a terminal", () => {
  it.each([
    ["secrets list", 1],
    ["models", 0],
    ["chat --unlock file:old.key -p groq hi", 1],
    ["serve --port 0", 1],
  ])("is told of once by acc %s", async (words, code) => {
    const run = await withoutTerminal(words.split(" "));
    expect(run.code).toBe(code);
    expect(run.stderr.match(/passphrase, and|opens with passphrase/g)).toHaveLength(1);
  });

  it("is told of by acc run, whose command runs all the same, and its calls tell of it too", async () => {
    const path = join(home.path, "command.mjs");
    await writeFile(path, asksTwice);
    const { code, stdout, stderr } = await withoutTerminal(["run", "--", process.execPath, path]);
    expect([code, stdout]).toEqual([0, "status 403 403\n"]);
    expect(stderr).toMatch(/no terminal to type it on\. Once, on a terminal, let a key file/);
    expect(server.requests()).toEqual([]);
  }, 60_000);

  it("keeps no server from its owner's token in ACC_SERVER_TOKEN, nor from other keys", async () => {
    const token = "a-token-of-a-machine-without-a-terminal";
    const env = { ...environment(), ACC_SERVER_TOKEN: token, GROQ_API_KEY: "of-the-environment" };
    const { url } = await startServe(home, { env });
    const answer = await fetch(`${url}/v1/models`, { headers: { "x-api-key": token } });
    expect(answer.status).toBe(200);
  }, 60_000);
});
