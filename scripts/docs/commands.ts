import { codeBlocks } from "./markdown.ts";

const builtin = new Set(["install", "add", "exec", "pack", "dlx", "create", "publish", "why"]);
const shell = new Set(["sh", "bash", "shell", "console"]);

/** What a document tells the reader to run by pnpm and this repository does not have. */
export function unknownCommands(
  file: string,
  markdown: string,
  known: ReadonlySet<string>,
): string[] {
  return codeBlocks(markdown)
    .filter(({ language }) => shell.has(language))
    .flatMap(({ code, line }) =>
      code.split("\n").flatMap((text, index) =>
        [...text.replace(/#.*/, "").matchAll(/\bpnpm(?:@[\d.]+)?\s+(?:run\s+)?([a-z][\w:.-]*)/g)]
          .map(([, name = ""]) => name)
          .filter((name) => !builtin.has(name) && !known.has(name))
          .map((name) => `${file}:${line + index} runs what is not there: pnpm ${name}`),
      ),
    );
}
