import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { inFolder } from "./recorded-run.ts";

/** Runs the CLI as it was recorded and reads its output to the end, as a script would. */
export async function bareRun(command: string, run: ReturnType<typeof inFolder>): Promise<string> {
  const { args, env, cwd, stdin } = run;
  const child = spawn(command, args, { env, cwd, stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.end(stdin);
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${output}`);
  return output;
}
