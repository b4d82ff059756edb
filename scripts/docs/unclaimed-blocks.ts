import { readdirSync, readFileSync } from "node:fs";
import { codeBlocks } from "./markdown.ts";

/** Languages whose blocks are checked: `ts` by the compiler, `sh` by running it; the rest is no code. */
const claimed = new Set(["ts", "sh", "text", "json", "mermaid", ""]);

/** Blocks of code that no check reads: in another language they must be a file of the examples. */
export function unclaimedBlocks(documents: ReadonlyMap<string, string>): string[] {
  const examples = readdirSync("examples", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.includes("node_modules"))
    .map((path) => readFileSync(`examples/${path}`, "utf8").trimEnd());
  return [...documents].flatMap(([file, markdown]) =>
    codeBlocks(markdown)
      .filter(({ language, code }) => !claimed.has(language) && !examples.includes(code))
      .map(({ language, line }) => `${file}:${line} is ${language} that nothing checks`),
  );
}
