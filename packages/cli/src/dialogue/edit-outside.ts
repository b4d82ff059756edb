import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgsStringToArgv } from "string-argv";
import { Failure } from "../failure.ts";
import { environmentWithoutStore } from "../secrets/run-command.ts";

/**
 * Opens a text in the user's own editor (`VISUAL`, `EDITOR`, else vi or Notepad) and returns the
 * edited text.
 */
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
  const line = VISUAL || EDITOR || (process.platform === "win32" ? "notepad" : "vi");
  // Ctrl-C is meant for the editor, but reaches this process too.
  const ignore = () => {};
  process.on("SIGINT", ignore);
  try {
    await ended(startEditor(line, path), line);
  } finally {
    process.off("SIGINT", ignore);
  }
}

/**
 * Starts the editor in this terminal, without the variables that open the store. On Windows, an
 * editor may be a script, which needs a shell.
 */
function startEditor(line: string, path: string): ChildProcess {
  const options = { stdio: "inherit", env: environmentWithoutStore() } as const;
  if (process.platform === "win32") {
    return spawn(`${line} "${path}"`, { ...options, shell: true });
  }
  const [command = line, ...args] = parseArgsStringToArgv(line);
  return spawn(command, [...args, path], options);
}

function ended(child: ChildProcess, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
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
    `The editor ${line} returned no text: ${reason}.`,
    "Set EDITOR to your editor, with the flag that makes it wait: EDITOR='code --wait'",
  );
}
