import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { answerTo, type Dialogue, isLast } from "./dialogue.ts";
import type { inFolder } from "./recorded-run.ts";

/**
 * Runs the CLI as it was recorded and reads its output to the end.
 *
 * @param detached In a session of its own, as a run must be that is to be ended with all its children.
 */
export async function bareRun(
  command: string,
  run: ReturnType<typeof inFolder>,
  detached: boolean,
): Promise<string> {
  const { args, env, cwd, dialogue } = run;
  const child = spawn(command, args, {
    ...{ env, cwd, detached },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const closed = once(child, "close");
  const talk = dialogue.endsAfter === undefined ? tell : speak;
  const output = await talk(child, dialogue);
  const [code] = await closed;
  // A run with a budget ends with 1 behind its result.
  if (code !== 0 && !output.includes('"type":"result"')) {
    throw new Error(`${command} ended with ${code}: ${output}`);
  }
  return output;
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

async function tell({ stdin, stdout }: Child, dialogue: Dialogue): Promise<string> {
  stdin.end(dialogue.stdin);
  return await text(stdout);
}

async function speak({ stdin, stdout }: Child, dialogue: Dialogue): Promise<string> {
  stdin.write(dialogue.stdin);
  let output = "";
  for await (const line of createInterface({ input: stdout })) {
    output += `${line}\n`;
    const answer = answerTo(line, dialogue);
    if (answer !== undefined) stdin.write(answer);
    if (isLast(line, dialogue)) stdin.end();
  }
  return output;
}
