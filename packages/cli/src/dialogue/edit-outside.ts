import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../failure.ts";

/** What a text becomes in the user's own editor: `VISUAL`, `EDITOR`, else the one that is there. */
export async function editOutside(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "acc-edit-"));
  const path = join(folder, "message.md");
  try {
    await writeFile(path, text, { mode: 0o600 });
    await runEditor(path);
    return (await readFile(path, "utf8")).replaceAll("\r\n", "\n").replace(/\n+$/, "");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runEditor(path: string): Promise<void> {
  const { VISUAL, EDITOR } = process.env;
  const usual = process.platform === "win32" ? "notepad" : "vi";
  const line = VISUAL || EDITOR || usual;
  const { parseArgsStringToArgv } = await import("string-argv");
  const [command = usual, ...args] = parseArgsStringToArgv(line);
  // Ctrl-C there is the editor's, and reaches this process too.
  const ignore = () => {};
  process.on("SIGINT", ignore);
  try {
    await ended(command, [...args, path], line);
  } finally {
    process.off("SIGINT", ignore);
  }
}

function ended(command: string, args: readonly string[], line: string): Promise<void> {
  const shell = process.platform === "win32";
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", shell });
    child.once("error", ({ message }) => reject(noEditor(line, message)));
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(noEditor(line, signal ? `it was ended by ${signal}` : `it ended with ${code}`));
    });
  });
}

function noEditor(line: string, reason: string): Failure {
  return new Failure(
    "EDITOR_FAILED",
    `The editor ${line} gave no text: ${reason}.`,
    "Set EDITOR to the one that you use, with what it needs to wait: EDITOR='code --wait'",
  );
}
