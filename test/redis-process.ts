import { execFileSync, spawn } from "node:child_process";

/** A process of redis-server that is ready. */
export interface RedisProcess {
  hasEnded(): boolean;
  signal(name: NodeJS.Signals): void;
  /** Ends it at once. */
  kill(): Promise<void>;
}

/** False where redis-server is not installed; in CI that is an error. */
export function hasRedisServer(): boolean {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    if (process.env.CI) throw new Error("redis-server is missing: apt-get install redis-server");
    return false;
  }
}

/** @param word What it prints once it is ready. */
export async function launchRedis(
  args: readonly string[],
  word = "Ready to accept",
): Promise<RedisProcess> {
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "ignore"] });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("redis-server ended at once")));
    child.stdout.on("data", (chunk) => {
      if (String(chunk).includes(word)) resolve();
    });
  });
  return {
    hasEnded: () => child.signalCode !== null || child.exitCode !== null,
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
