import { readFileSync } from "node:fs";

/** Each prompt was submitted once; each line is written once, with its own answer, and none is lost. */
export function faultsOf(
  output: string,
  prompts: readonly string[],
  submitted: readonly string[],
): string[] {
  const faults: string[] = [];
  const twice = submitted.length - new Set(submitted).size;
  if (twice > 0) faults.push(`${twice} requests were submitted more than once`);
  const missing = new Set(prompts).size - new Set(submitted).size;
  if (missing !== 0) faults.push(`${missing} requests were never submitted`);
  const written = new Set<number>();
  for (const text of readFileSync(output, "utf8").split("\n").slice(0, -1)) {
    const { line, reply } = JSON.parse(text) as { line: number; reply: { text: string } };
    if (written.has(line)) faults.push(`line ${line} was written more than once`);
    if (reply.text !== `re: ${prompts[line - 1]}`) faults.push(`line ${line} has another's answer`);
    written.add(line);
  }
  if (written.size !== prompts.length) faults.push(`${prompts.length - written.size} lines lost`);
  return faults;
}
