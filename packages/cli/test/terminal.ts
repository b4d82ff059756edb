import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { accMain } from "./acc.ts";

/** CI has tmux; on a user's machine without it the tests are skipped, and vitest says so. */
export const canDriveTerminal: boolean =
  spawnSync("tmux", ["-V"]).status === 0 || Boolean(process.env.CI);

/** Runs `acc` with nothing but this environment, as a line of a shell. */
export function accLine(args: string, env: Readonly<Record<string, string>>): string {
  const variables = Object.entries({ TERM: "xterm-256color", ...env }).map(
    ([name, value]) => `${name}='${value}'`,
  );
  const path = `${dirname(process.execPath)}:/bin`;
  return `env -i PATH='${path}' ${variables.join(" ")} '${process.execPath}' '${accMain}' ${args}`;
}

/** A command in a real terminal. */
export class Terminal {
  readonly #folder = mkdtempSync(join(tmpdir(), "acc-tmux-"));

  /** Runs a line of a shell; its exit code is shown as `[exit N]`. */
  constructor(line: string, columns = 80) {
    const script = `trap : INT; ${line}; echo "[exit $?]"; exec sleep 60`;
    this.#tmux("new-session", "-d", "-x", String(columns), "-y", "30", "sh", "-c", script);
  }

  /** What is on the screen; a line that the terminal broke is one line again. */
  screen(): string {
    return this.#tmux("capture-pane", "-p", "-J").trimEnd();
  }

  /** The same with the terminal's own line breaks and, as escape sequences, its colours. */
  rawScreen(): string {
    return this.#tmux("capture-pane", "-p", "-e").trimEnd();
  }

  /** Types keys as tmux names them: `C-c`, `Enter`, or text. */
  press(...keys: readonly string[]): void {
    this.#tmux("send-keys", ...keys);
  }

  /** Pastes a text as a terminal does it, in brackets where the program asks for them. */
  paste(text: string): void {
    writeFileSync(join(this.#folder, "pasted"), text);
    this.#tmux("load-buffer", join(this.#folder, "pasted"));
    this.#tmux("paste-buffer", "-p");
  }

  resize(columns: number): void {
    this.#tmux("resize-window", "-x", String(columns), "-y", "30");
  }

  /** Where the cursor stands, both from 0. */
  cursor(): { readonly column: number; readonly row: number } {
    const shown = this.#tmux("display-message", "-p", "#{cursor_x} #{cursor_y}");
    const [column = 0, row = 0] = shown.split(" ").map(Number);
    return { column, row };
  }

  /** The screen, once it shows this. */
  async see(what: RegExp, milliseconds = 15_000): Promise<string> {
    const end = Date.now() + milliseconds;
    for (;;) {
      const screen = this.screen();
      if (what.test(screen)) return screen;
      if (Date.now() > end) throw new Error(`The screen never showed ${what}:\n${screen}`);
      await sleep(30);
    }
  }

  /** Processes that this terminal's shell has, `sleep` apart. */
  children(): string {
    const pid = this.#tmux("display-message", "-p", "#{pane_pid}").trim();
    return spawnSync("ps", ["-o", "args=", "--ppid", pid], { encoding: "utf8" }).stdout;
  }

  async close(): Promise<void> {
    this.#tmux("kill-server");
    await rm(this.#folder, { recursive: true, force: true });
  }

  #tmux(...args: readonly string[]): string {
    const where = ["-S", join(this.#folder, "socket"), "-f", "/dev/null"];
    return execFileSync("tmux", [...where, ...args], { encoding: "utf8" });
  }
}
