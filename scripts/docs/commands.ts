import { codeBlocks } from "./markdown.ts";

const builtin = new Set(["install", "add", "exec", "pack", "dlx", "create", "publish", "why"]);
const shell = new Set(["sh", "bash", "shell", "console"]);

/** Scripts that a document tells the reader to run and that the repository does not have. */
export function unknownCommands(
  file: string,
  markdown: string,
  scripts: Readonly<Record<string, unknown>>,
): string[] {
  return codeBlocks(markdown)
    .filter(({ language }) => shell.has(language))
    .flatMap(({ code, line }) =>
      code.split("\n").flatMap((text, index) =>
        [...text.replace(/#.*/, "").matchAll(/\bpnpm(?:@[\d.]+)?\s+(?:run\s+)?([a-z][\w:.-]*)/g)]
          .map(([, name = ""]) => name)
          .filter((name) => !builtin.has(name) && !(name in scripts))
          .map((name) => `${file}:${line + index} runs a script that is not there: pnpm ${name}`),
      ),
    );
}
