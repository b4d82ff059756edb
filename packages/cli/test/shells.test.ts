import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeEach, describe, expect, it } from "vitest";
import { startMockServer } from "../../../scripts/mock-server.ts";
import { accMain } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";
import { canDriveTerminal, Terminal } from "./terminal.ts";

const home = homeAnew();
let bin: string;
beforeEach(async () => {
  bin = join(home.path, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "acc"), `#!/bin/sh\nexec '${process.execPath}' '${accMain}' "$@"\n`);
  await chmod(join(bin, "acc"), 0o755);
});

/** How each shell is begun without anybody's settings, and takes up the completions. */
const shells = {
  bash: { begin: "bash --norc --noprofile", take: "source <(acc complete bash)" },
  zsh: {
    begin: "zsh -f",
    take: "autoload -U compinit && compinit -u -d $HOME/.zcompdump && source <(acc complete zsh)",
  },
  fish: { begin: "fish --no-config", take: "acc complete fish | source" },
} as const;

/** CI has all three; elsewhere the tests of a shell that is not there are skipped, and vitest says so. */
const isThere = (shell: string) =>
  spawnSync(shell, ["--version"]).status === 0 || Boolean(process.env.CI);

/** simonw/llm#811, #127: models and names as well as flags. */
describe.each(Object.entries(shells))("%s", (shell, { begin, take }) => {
  it.runIf(canDriveTerminal && isThere(shell))(
    "completes commands, flags, and what their values may be",
    async () => {
      await home.acc(["secrets", "set", "groq_api_key"], { stdin: "value-of-an-example" });
      await writeFile(join(home.path, "some notes.txt"), "");
      await writeFile(join(home.path, "other-notes.txt"), "");
      const path = `${bin}:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
      const variables = `HOME='${home.path}' PATH='${path}' TERM=xterm PS1='$ ' HISTFILE=''`;
      for (const [typed, completed] of [
        ["acc docto", /acc doctor/],
        ["acc secrets rot", /acc secrets rotate/],
        ["acc chat --strea", /acc chat --stream-json/],
        ["acc chat -p cla", /acc chat -p claude/],
        ["acc chat --provider claude,gro", /acc chat --provider claude,groq/],
        ["acc chat --only s", /acc chat --only sdk/],
        ["acc chat -p groq -m openai/gpt-oss-1", /-m openai\/gpt-oss-120b/],
        ["acc secrets get gro", /acc secrets get groq_api_key/],
        ["acc secrets exec -s gro", /acc secrets exec -s groq_api_key/],
        ["acc chat -f other-no", /acc chat -f other-notes\.txt/],
        ["acc chat -f some", /acc chat -f ['"]?some(?:\\ | )notes\.txt/],
        ["acc secrets import --env other-no", /--env other-notes\.txt/],
        ["acc chat --only=s", /acc chat --only=sdk/],
        ["acc chat 'a $(touch taken) > taken' --strea", /taken' --stream-json/],
      ] as const) {
        const terminal = new Terminal(`cd '${home.path}'; env -i ${variables} ${begin}`, 120);
        try {
          await terminal.see(/\S/);
          terminal.press("-l", `${take}; echo ta''ken`);
          terminal.press("Enter");
          await terminal.see(/^taken/m);
          terminal.press("-l", typed);
          terminal.press("Tab");
          await terminal.see(completed);
          expect(existsSync(join(home.path, "taken"))).toBe(false);
        } finally {
          await terminal.close();
        }
      }
    },
    180_000,
  );
});

/** remkop/picocli#1464: the bash of macOS is 3.2, which has no `compopt`. */
it.runIf(isThere("bash"))("a bash without compopt completes, and prints nothing", () => {
  const script = `source <(acc complete bash); enable -n compopt
    COMP_WORDS=(acc chat -p cl) COMP_CWORD=3; __acc_complete; echo "\${COMPREPLY[*]}"`;
  const env = { HOME: home.path, PATH: `${bin}:/usr/bin:/bin` };
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", script], { env, encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["claude\n", ""]);
});

describe("what a shell is told that fits", () => {
  const fitting = async (...words: readonly string[]) =>
    (await home.acc(["complete", "--", ...words])).stdout;

  it("holds nothing that a shell or a terminal would obey", async () => {
    const config = join(home.path, ".config", "acc");
    await mkdir(config, { recursive: true });
    const model = "$(touch taken)`id`\u001b]0;title\u0007";
    await writeFile(join(config, "config.json"), JSON.stringify({ provider: "groq", model }));
    const lines = [
      ["chat", "-m", ""],
      ["chat", "-p", ""],
      ["secrets", "get", ""],
      ["chat", "--"],
      [""],
    ];
    for (const line of lines) expect(await fitting(...line)).not.toMatch(/[^\t\n -~…]|[$`]/);
  });

  it("asks nobody: neither a vendor for models nor a person for a passphrase", async () => {
    const server = await startMockServer();
    const env = { GROQ_API_KEY: "value-of-an-example", GROQ_BASE_URL: server.url };
    const run = await home.acc(["complete", "--", "chat", "-p", "groq", "-m", ""], { env });
    expect(run).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("gpt-oss") });
    expect(server.requests()).toEqual([]);
    await server.close();
  });

  it.each([
    [["chat", "--file", ""], ":0\n"],
    [["chat", "--attach=x"], ":0\n"],
    [["chat", "--schema", ""], ":0\n"],
    [["secrets", "roles", "set", "ci", ""], ":0\n"],
    [["chat", "-p", "claude,gemini,groq,opena"], "claude,gemini,groq,openai\n:4\n"],
    [["secrets", "keys", "add", "f"], "file:\n:6\n"],
    [["secrets", "list", "--unlock=pass"], "passphrase\n:4\n"],
    [["secrets", "get", ""], ":4\n"],
  ])("%j", async (line, told) => {
    expect(await fitting(...line)).toBe(told);
  });
});

describe("a reader that has gone", () => {
  it.each([
    'chat -p claude "one"',
    'chat -p claude --stream-json "one"',
    "cache list",
    "doctor",
    "models -p groq",
    "config explain",
    "secrets list",
    "secrets audit --json",
  ])("gets no word of acc %s, and it ends", async (words) => {
    const server = await startMockServer();
    await home.acc(["secrets", "set", "anthropic_api_key"], { stdin: "value-of-an-example" });
    const child = spawn("bash", ["-c", `acc ${words} | true; echo "$PIPESTATUS"`], {
      env: { HOME: home.path, PATH: `${bin}:/usr/bin:/bin`, ANTHROPIC_BASE_URL: server.url },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    await server.close();
    expect(stdout).toMatch(/^[01]\n$/);
    expect(stderr).not.toMatch(/EPIPE|Error|UNEXPECTED|\n {4}at /);
  });
});
