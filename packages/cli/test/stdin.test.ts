import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { defaultAnswer } from "../../../scripts/mock-server.ts";
import { type AccRun, accMain, testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";
import { accLine, canDriveTerminal, Terminal } from "./terminal.ts";

const { server, home } = eachTestAnew();

const environment = () => ({
  HOME: home.path,
  ANTHROPIC_API_KEY: testKey,
  ANTHROPIC_BASE_URL: server.url,
});

/** What was sent as the prompt, of each request. */
const prompts = () =>
  server.requests().map(({ body }) => {
    const { messages } = body as { messages: { content: unknown }[] };
    return JSON.stringify(messages[0]?.content);
  });

/** A line of a shell in which `acc` is the built command; what is left of it then is ended. */
function shell(line: string): Promise<AccRun> {
  const acc = `acc() { '${process.execPath}' '${accMain}' "$@"; }`;
  return new Promise((resolve) => {
    const child = spawn("bash", ["-c", `${acc}; ${line}`], {
      env: { ...environment(), PATH: `${dirname(process.execPath)}:/usr/bin:/bin` },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    child.on("exit", () => endGroup(child.pid ?? 0));
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

function endGroup(id: number): void {
  try {
    process.kill(-id);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const note = /^acc: Waiting for the end of stdin, which has said nothing yet\. .*--no-stdin.*\n$/;

describe("acc chat and a stdin that says nothing", () => {
  /** Programs start others with a stdin that stays open: earendil-works/pi#5571, openai/codex#27019. */
  it("says after half a second what it waits for, and asks at once with --no-stdin", async () => {
    let stderr = "";
    const begun = performance.now();
    const child = spawn(process.execPath, [accMain, "chat", "-p", "claude", "hi"], {
      env: environment(),
    });
    await new Promise<void>((resolve) => {
      child.stderr.on("data", (text) => {
        stderr += text;
        resolve();
      });
    });
    expect(performance.now() - begun).toBeGreaterThan(500);
    expect(stderr).toMatch(note);
    await sleep(300);
    expect(server.requests()).toEqual([]);
    child.kill();
    const run = await shell("acc chat -p claude --no-stdin hi < <(sleep 30)");
    expect(run.stdout).toBe(`${defaultAnswer}\n`);
    expect(run.stderr).toBe("");
  }, 40_000);

  /** httpie/cli#1255: the note, and then the input all the same. */
  it("takes what comes late, and says nothing more", async () => {
    const run = await shell("(sleep 1.5; echo late) | acc chat -p claude Sum it up");
    expect([run.code, run.stdout]).toEqual([0, `${defaultAnswer}\n`]);
    expect(run.stderr).toMatch(note);
    expect(prompts()).toEqual([expect.stringContaining("Sum it up\\n\\nlate")]);
  });

  it("says nothing where stdin speaks at once, and goes on later", async () => {
    const run = await shell("(echo one; sleep 1; echo two) | acc chat -p claude Sum it up");
    expect(run).toEqual({ code: 0, stdout: `${defaultAnswer}\n`, stderr: "" });
    expect(prompts()).toEqual([expect.stringContaining("one\\ntwo")]);
  });

  it("keeps the note back with --quiet", async () => {
    const run = await shell("(sleep 1; echo late) | acc chat -q -p claude Sum it up");
    expect(run).toEqual({ code: 0, stdout: `${defaultAnswer}\n`, stderr: "" });
  });

  it("waits no longer than --timeout allows", async () => {
    const run = await shell("acc chat -p claude --timeout 1s hi < <(sleep 30); echo $?");
    expect(run.stdout).toBe("1\n");
    expect(run.stderr).toContain("Stdin did not end within the time of --timeout.");
    expect(server.requests()).toEqual([]);
  });
});

/** microsoft/WSL#4607: what `wsl.exe` prints is UTF-16 without a mark of it. */
describe("acc chat and a stdin in UTF-16 without a mark", () => {
  it.each([
    "Ubuntu (Default)\n",
    "f\u00fcr Linux\n",
    "\u65e2\u5b9a\u306e \u65e5\u672c\u8a9e\u306e\n",
  ])("%j", async (said) => {
    const path = join(home.path, "said.txt");
    await writeFile(path, Buffer.from(said, "utf16le"));
    const run = await shell(`acc chat -p claude < '${path}'`);
    expect(run).toEqual({ code: 0, stdout: `${defaultAnswer}\n`, stderr: "" });
    expect(prompts()).toEqual([JSON.stringify(said.trimEnd())]);
  });

  it.each(["a\u0000b\u0000\u0000d", "a\u0000 long line\n\n"])(
    "leaves UTF-8 with a zero: %j",
    async (said) => {
      const path = join(home.path, "said.txt");
      await writeFile(path, said);
      expect((await shell(`acc chat -p claude < '${path}'`)).code).toBe(0);
      expect(prompts()).toEqual([JSON.stringify(said.replace(/\n$/, ""))]);
    },
  );
});

describe("acc chat -", () => {
  /** TheR1D/shell_gpt#86: stdin by the name that every command knows. */
  it.each([
    ["echo in | acc chat -p claude -", '"in"'],
    ["echo in | acc chat -p claude Sum up -", "Sum up\\n\\nin"],
    ["echo in | acc chat -p claude -f - -f FILE Sum up", "Sum up\\n\\nin\\n\\nof the file"],
    ["echo in | acc chat -p claude what is 5 - 3", "what is 5 - 3\\n\\nin"],
    ["acc chat -p claude --no-stdin what is 5 - 3 < FILE", '"what is 5 - 3"'],
  ])("%s", async (line, prompt) => {
    const path = join(home.path, "a.txt");
    await writeFile(path, "of the file\n");
    const run = await shell(line.replaceAll("FILE", path));
    expect(run).toEqual({ code: 0, stdout: `${defaultAnswer}\n`, stderr: "" });
    expect(prompts()).toEqual([expect.stringContaining(prompt)]);
  });

  it.runIf(canDriveTerminal)("is what is typed on a terminal, up to Ctrl-D", async () => {
    const terminal = new Terminal(accLine("chat -p claude -f -", environment()));
    await terminal.see(/Ctrl-D/);
    terminal.press("-l", "of a hand");
    terminal.press("Enter", "C-d");
    const screen = await terminal.see(/\[exit 0\]/);
    await terminal.close();
    expect(screen).toContain(defaultAnswer);
    expect(prompts()).toEqual(['"of a hand"']);
  });
});

describe.runIf(canDriveTerminal)("an answer from the cache, on a terminal", () => {
  const ask = async (flags: string): Promise<string> => {
    const terminal = new Terminal(accLine(`chat -p claude ${flags}`, environment()), 100);
    const screen = await terminal.see(/\[exit 0\]/);
    const raw = terminal.rawScreen();
    await terminal.close();
    return `${screen}\n${raw}`;
  };

  it("says so in a dim line with its age, and --refresh has it anew", async () => {
    expect(await ask("hi")).not.toContain("from the cache");
    await sleep(1100);
    const again = await ask("hi");
    expect(again).toMatch(
      /members\.\nfrom the cache, \d+ s ago; acc chat --refresh asks again\n\[exit 0\]/,
    );
    expect(again).toMatch(/\[2mfrom the cache/);
    expect(await ask("--refresh hi")).not.toContain("from the cache");
    expect(server.requests()).toHaveLength(2);
    expect(await ask("-q hi")).not.toContain("from the cache");
    const piped = await home.acc(["chat", "-p", "claude", "hi"], { env: environment() });
    expect(piped).toEqual({ code: 0, stdout: `${defaultAnswer}\n`, stderr: "" });
  });
});
