import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
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
  const { args, env, cwd, stdin } = run;
  const child = spawn(command, args, {
    ...{ env, cwd, detached },
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.stdin.end(stdin);
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  // A run with a budget ends with 1 behind its result.
  if (code !== 0 && !output.includes('"type":"result"')) {
    throw new Error(`${command} ended with ${code}: ${output}`);
  }
  return output;
}
