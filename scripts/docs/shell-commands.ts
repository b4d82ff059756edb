import { spawnSync } from "node:child_process";
import { codeBlocks } from "./markdown.ts";

const shell = new Set(["sh", "bash", "shell", "console"]);

/** A line of a shell block, without its comment. */
export interface ShellCommand {
  /** `file:line`. */
  readonly at: string;
  readonly text: string;
}

/** The shell blocks of a document: each a list of commands, one a line. */
export function shellBlocks(file: string, markdown: string): ShellCommand[][] {
  return codeBlocks(markdown)
    .filter(({ language }) => shell.has(language))
    .map(({ code, line }) =>
      code
        .split("\n")
        .map((text, index) => ({
          at: `${file}:${line + index}`,
          text: text.replace(/(^|\s)#.*/, "").trim(),
        }))
        .filter(({ text }) => text !== ""),
    );
}

/** What bash says of commands that it cannot parse. */
export function unparsable(commands: readonly ShellCommand[]): string[] {
  return commands.flatMap(({ at, text }) => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
    return status === 0 ? [] : [`${at} is no command: ${stderr.trim()}`];
  });
}
