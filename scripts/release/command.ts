import { spawnSync } from "node:child_process";

/** Where a command runs and what it is given. */
export interface Place {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command to its end and gives its stdout; what failed says all that it printed. */
export function run(command: string, args: readonly string[], { cwd, env }: Place): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: env ?? withoutNpm(),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return stdout;
  const how = error?.message ?? `ended with ${status}`;
  throw new Error(`${[command, ...args].join(" ")} ${how}:\n${stdout}${stderr}`);
}

/** What pnpm sets for its scripts is not for the npm that a consumer runs. */
export function withoutNpm(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^p?npm_/i.test(name));
  return { ...Object.fromEntries(kept), ...more };
}
