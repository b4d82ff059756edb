import { spawn, spawnSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startMockServer } from "../../../scripts/mock-server.ts";
import { type AccHome, accMain, emptyHome } from "./acc.ts";
import { canDriveTerminal, Terminal } from "./terminal.ts";

let home: AccHome;
let bin: string;
beforeEach(async () => {
  home = await emptyHome();
  bin = join(home.path, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "acc"), `#!/bin/sh\nexec '${process.execPath}' '${accMain}' "$@"\n`);
  await chmod(join(bin, "acc"), 0o755);
});
afterEach(() => home.remove());

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

describe.each(Object.entries(shells))("%s", (shell, { begin, take }) => {
  it.runIf(canDriveTerminal && isThere(shell))(
    "completes a command, a word below it, and a flag",
    async () => {
      const path = `${bin}:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
      const variables = `HOME='${home.path}' PATH='${path}' TERM=xterm PS1='$ ' HISTFILE=''`;
      for (const [typed, completed] of [
        ["acc docto", /acc doctor/],
        ["acc secrets rot", /acc secrets rotate/],
        ["acc chat --strea", /acc chat --stream-json/],
      ] as const) {
        const terminal = new Terminal(`env -i ${variables} ${begin}`, 120);
        try {
          await terminal.see(/\S/);
          terminal.press("-l", `${take}; echo ta''ken`);
          terminal.press("Enter");
          await terminal.see(/^taken/m);
          terminal.press("-l", typed);
          terminal.press("Tab");
          await terminal.see(completed);
        } finally {
          await terminal.close();
        }
      }
    },
  );
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
