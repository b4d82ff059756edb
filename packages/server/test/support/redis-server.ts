import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface RedisServer {
  readonly url: string;
  /** Ends it at once, and keeps what it has on the disk. */
  kill(): Promise<void>;
  /** Starts it again where it was, if it was ended. */
  start(): Promise<void>;
  /** Stops answering, with its connections open. */
  freeze(): void;
  thaw(): void;
  /** Ends it, and removes its folder. */
  stop(): Promise<void>;
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

/** A server of its own on a free port, in a folder of its own, that loses nothing when it is killed. */
export async function startRedis(...more: string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "acc-redis-"));
  const port = await freePort();
  const durable = ["--appendonly", "yes", "--appendfsync", "always"];
  const place = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
  const run = () => launch([...place, ...durable, ...more]);
  let running = await run();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => running.kill(),
    async start() {
      if (running.hasEnded()) running = await run();
    },
    freeze: () => running.signal("SIGSTOP"),
    thaw: () => running.signal("SIGCONT"),
    async stop() {
      await running.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(args: readonly string[]) {
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "ignore"] });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("redis-server ended at once")));
    child.stdout.on("data", (chunk) => {
      if (String(chunk).includes("Ready to accept")) resolve();
    });
  });
  return {
    hasEnded: () => child.signalCode !== null || child.exitCode !== null,
    signal: (name: NodeJS.Signals) => void child.kill(name),
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
