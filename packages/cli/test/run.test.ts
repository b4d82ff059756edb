import type { ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { defaultAnswer } from "../../../scripts/mock-server.ts";
import { canary, formsIn } from "../../../test/canary-forms.ts";
import { eachTestAnew } from "./each-test-anew.ts";
import { accLine, canDriveTerminal, Terminal } from "./terminal.ts";

const { server: vendor, home } = eachTestAnew();

const run = (script: string, env: Record<string, string> = {}) =>
  home.acc(["run", "--", process.execPath, "--input-type=module", "-e", script], { env });

/** Ends a run with a signal once its command has said that it is ready. */
async function signalled(script: string, signals: readonly NodeJS.Signals[]) {
  let child: ChildProcess | undefined;
  const path = join(home.path, "command.mjs");
  await writeFile(path, `${script}\nconsole.log("ready"); setInterval(() => {}, 1000);`);
  return home.acc(["run", "--", process.execPath, path], {
    whenSpawned: (spawned) => {
      child = spawned;
      let next = 0;
      spawned.stdout?.on("data", () => {
        const signal = signals[next++];
        if (signal) child?.kill(signal);
      });
    },
  });
}

describe("acc run", () => {
  it("lets a program that knows of OpenAI alone ask through acc", async () => {
    const script = `
      const { OPENAI_BASE_URL, OPENAI_API_KEY } = process.env;
      const answer = await fetch(OPENAI_BASE_URL + "/chat/completions", {
        method: "POST",
        headers: { authorization: "Bearer " + OPENAI_API_KEY, "content-type": "application/json" },
        body: JSON.stringify({ model: "claude", messages: [{ role: "user", content: "hi" }] }),
      });
      console.log((await answer.json()).choices[0].message.content);`;
    const env = { ANTHROPIC_API_KEY: canary, ANTHROPIC_BASE_URL: vendor.url };
    expect(await run(script, env)).toEqual({ code: 0, stdout: `${defaultAnswer}\n`, stderr: "" });
  });

  it("lets a program that knows of Anthropic alone ask through acc", async () => {
    const script = `
      const { ANTHROPIC_BASE_URL, ANTHROPIC_AUTH_TOKEN } = process.env;
      const answer = await fetch(ANTHROPIC_BASE_URL + "/v1/messages", {
        method: "POST",
        headers: { authorization: "Bearer " + ANTHROPIC_AUTH_TOKEN, "content-type": "application/json" },
        body: JSON.stringify({ model: "claude", max_tokens: 9, messages: [{ role: "user", content: "hi" }] }),
      });
      console.log((await answer.json()).content[0].text);`;
    const env = { ANTHROPIC_API_KEY: canary, ANTHROPIC_BASE_URL: vendor.url };
    expect(await run(script, env)).toEqual({ code: 0, stdout: `${defaultAnswer}\n`, stderr: "" });
  });

  it("lets our command for Groq ask through acc", async () => {
    const command = fileURLToPath(new URL("../../groq/dist/acc-groq.js", import.meta.url));
    const env = { ANTHROPIC_API_KEY: canary, ANTHROPIC_BASE_URL: vendor.url };
    const { code, stdout } = await home.acc(
      ["run", "--", process.execPath, command, "--model", "claude/claude-sonnet-5-5"],
      { env, stdin: "What is a decorator?" },
    );
    expect([code, stdout.trim()]).toEqual([0, defaultAnswer]);
  });

  it("gives the program no key that leads past acc, nor one that it would doubt", async () => {
    // Both a token and a key make Claude Code doubt which is meant: musistudio/claude-code-router#214,
    // headroomlabs-ai/headroom#1443.
    const env = {
      ANTHROPIC_API_KEY: canary,
      OPENAI_API_KEY: canary,
      CLAUDE_CODE_USE_BEDROCK: "1",
      CLAUDE_CODE_USE_FOUNDRY: "1",
      CLAUDE_CODE_OAUTH_TOKEN: canary,
      OTHER: "stays",
    };
    const { stdout } = await run("console.log(JSON.stringify(process.env))", env);
    const given = JSON.parse(stdout);
    expect(formsIn(stdout)).toEqual([]);
    expect(given).not.toHaveProperty("ANTHROPIC_API_KEY");
    expect(given).not.toHaveProperty("CLAUDE_CODE_USE_BEDROCK");
    expect(given).not.toHaveProperty("CLAUDE_CODE_USE_FOUNDRY");
    expect(given).toMatchObject({
      OTHER: "stays",
      OPENAI_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1$/),
      ANTHROPIC_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      OPENAI_API_KEY: given.ANTHROPIC_AUTH_TOKEN,
    });
  });

  it("keeps its address from a proxy of the environment", async () => {
    const script = "console.log(process.env.NO_PROXY, process.env.no_proxy)";
    const proxied = await run(script, { HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "a.example" });
    expect(proxied.stdout).toBe("a.example,127.0.0.1,localhost a.example,127.0.0.1,localhost\n");
    expect((await run(script)).stdout).toBe("undefined undefined\n");
  });

  it("gives each run a token of its own, which is of no use to any other server", async () => {
    const script = "console.log(process.env.OPENAI_API_KEY, process.env.OPENAI_BASE_URL)";
    const [first, second] = await Promise.all([run(script), run(script)]);
    expect(first.stdout).not.toBe(second.stdout);
    const [, url = ""] = first.stdout.trim().split(" ");
    await expect(fetch(`${url}/models`)).rejects.toThrow();
  });

  it("passes stdin, arguments and the exit code through", async () => {
    const script =
      "process.stdin.pipe(process.stdout); process.exitCode = 7; console.log(process.argv)";
    const { code, stdout } = await home.acc(
      ["run", "--", process.execPath, "-e", script, "--", "--flag", "a b"],
      { stdin: "typed" },
    );
    expect(code).toBe(7);
    expect(stdout).toContain("'--flag', 'a b'");
    expect(stdout).toContain("typed");
  });

  it.each([
    ["no such program", ["no-such-command"], 127],
    ["what is no program", ["/"], 126],
  ])("ends as a shell does for %s", async (_, command, code) => {
    const ended = await home.acc(["run", "--", ...command]);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining("COMMAND_NOT_RUN")]);
  });

  // A wrapper that a signal reaches alone must not leave its command: fgm/envrun#35.
  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "passes %s on, which ends both",
    async (signal) => {
      const { code } = await signalled("", [signal]);
      expect(code).toBe({ SIGTERM: 143, SIGINT: 130, SIGHUP: 129 }[signal]);
    },
  );

  // The second signal is the command's too, as the first was: kovyrin/agent-secret#237.
  it("leaves to the command what it does with a signal, each time", async () => {
    const script = `let heard = 0;
      process.on("SIGTERM", () => { console.log("heard", ++heard); if (heard === 3) process.exit(5); });`;
    const { code, stdout } = await signalled(script, ["SIGTERM", "SIGTERM", "SIGTERM"]);
    expect([code, stdout]).toEqual([5, "ready\nheard 1\nheard 2\nheard 3\n"]);
  });

  // A command that a signal has ended was no success: pgrundev/pgbot#84.
  it("ends with 128 and the number of the signal that ended its command", async () => {
    expect((await run('process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 9)')).code).toBe(
      137,
    );
  });

  it.runIf(canDriveTerminal)("leaves Ctrl-C to the command, which hears it once", async () => {
    const path = join(home.path, "command.mjs");
    await writeFile(
      path,
      `let heard = 0;
      process.on("SIGINT", () => { heard += 1; setTimeout(() => { console.log("heard", heard); process.exit(9); }, 300); });
      console.log("ready"); setInterval(() => {}, 1000);`,
    );
    const terminal = new Terminal(
      accLine(`run -- '${process.execPath}' '${path}'`, { HOME: home.path }),
    );
    try {
      await terminal.see(/ready/);
      terminal.press("C-c");
      expect(await terminal.see(/\[exit 9\]/)).toContain("heard 1\n");
    } finally {
      await terminal.close();
    }
  });
});
