import { startMockServer } from "../mock-server.ts";
import { notRun } from "./not-run.ts";
import { runBlock } from "./run-block.ts";
import { shellBlocks, unparsable } from "./shell-commands.ts";
import { unknownFlags } from "./unknown-flags.ts";

/** Runs what can be run of the shell blocks; of the rest it says why not, and looks at the flags. */
export async function shellProblems(documents: ReadonlyMap<string, string>): Promise<string[]> {
  const blocks = [...documents].flatMap(([file, markdown]) => shellBlocks(file, markdown));
  const commands = blocks.flat();
  const excused = new Map(notRun.map((each) => [each.command, each]));
  const stale = notRun.filter(({ command }) => !commands.some(({ text }) => text === command));
  const problems = [
    ...unparsable(commands),
    ...stale.map(({ command }) => `no document has what is excused from being run: ${command}`),
  ];
  const run = new Set<string>();
  const server = await startMockServer();
  try {
    for (const block of blocks) {
      const left = block.filter(({ at, text }) => {
        const excuse = excused.get(text);
        if (excuse !== undefined) {
          problems.push(...unknownFlags({ at, text }, excuse));
          console.log(`not run  ${at}  ${text}\n         ${excuse.reason}`);
        }
        return excuse === undefined && !run.has(text);
      });
      if (left.length === 0) continue;
      problems.push(...(await runBlock(left, server.url)));
      for (const { at, text } of left) {
        run.add(text);
        console.log(`ran      ${at}  ${text}`);
      }
    }
  } finally {
    await server.close();
  }
  return problems;
}
