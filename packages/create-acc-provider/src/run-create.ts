import { resolve } from "node:path";
import { readArguments } from "./arguments.ts";
import { ask } from "./ask.ts";
import { help } from "./help.ts";
import { complete } from "./plan.ts";
import { printable } from "./printable.ts";
import { UsageError } from "./usage-error.ts";
import { ownVersion } from "./version.ts";
import { writeProvider } from "./write-provider.ts";

/** The streams from which a run reads answers, and to which it prints. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/**
 * Makes a provider package. Returns the exit code: 0 if it was made, 1 if that failed, 2 for wrong
 * usage.
 */
export async function runCreate(args: readonly string[], terminal: Terminal): Promise<number> {
  const { stdin, stdout, stderr } = terminal;
  try {
    const given = readArguments(args);
    if (given.help) return print(stdout, help);
    if (given.version) return print(stdout, `${ownVersion()}\n`);
    const answers = stdin.isTTY && !given.yes ? await ask(given.answers, stdin, stdout) : {};
    const plan = complete({ ...given.answers, ...answers });
    const folder = given.folder ?? plan.package.split("/").at(-1) ?? plan.id;
    const files = await writeProvider(resolve(folder), plan, ownVersion());
    return print(stdout, made(folder, files));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    print(stderr, `create-acc-provider: ${error.message}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function made(folder: string, files: readonly string[]): string {
  const list = files.map((file) => `  ${file}`).join("\n");
  return `Made in ${folder}:\n${list}\n\nNext:\n  cd ${folder}\n  npm install\n  npm test\n`;
}

function print(stream: NodeJS.WritableStream, text: string): number {
  stream.write(printable(text));
  return 0;
}
