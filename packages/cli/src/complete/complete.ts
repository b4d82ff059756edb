import addCompletion from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { print } from "../output/terminal.ts";
import { awaited } from "./awaited.ts";
import { fitting } from "./values.ts";

/** Directives for the completion scripts: complete files, do not, and add no space. */
const files = 0;
const noFiles = 4;
const noSpace = 2;

/** `acc complete SHELL` prints a script, which calls `acc complete -- WORDS` for the words that fit. */
export async function complete(program: Command, argv: readonly string[]): Promise<void> {
  if (argv[3] === "bash") return print((await import("./bash-script.ts")).bashScript);
  const line = argv[3] === "--" ? argv.slice(4) : undefined;
  const at = line && awaited(program, line);
  const values = at && (await fitting(at));
  if (values === "files") return answer([], files);
  if (values !== undefined)
    return answer(values, values.some(goesOn) ? noFiles | noSpace : noFiles);
  addCompletion(program);
  await program.parseAsync([...argv]);
}

function answer(values: readonly string[], directive: number): void {
  process.stdout.write([...values, `:${directive}\n`].join("\n"));
}

/** Whether a value is incomplete, such as `file:`. */
function goesOn(value: string): boolean {
  return value.endsWith(":");
}
