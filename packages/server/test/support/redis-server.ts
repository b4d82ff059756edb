import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../../../scripts/free-port.ts";
import { hasRedisServer, launchRedis } from "../../../../test/redis-process.ts";

export interface RedisServer {
  readonly url: string;
  /** Ends it at once, and keeps what it has on the disk. */
  kill(): Promise<void>;
  /** Starts it again where it was, if it was ended. */
  start(): Promise<void>;
  /** Stops answering, with its connections open. */
  freeze(): void;
  thaw(): void;
  /** What redis-cli prints of a command. */
  cli(...args: readonly string[]): string;
  /** Ends it, and removes its folder. */
  stop(): Promise<void>;
}

export { hasRedisServer };

/** A server of its own on a free port, in a folder of its own, that loses nothing when it is killed. */
export async function startRedis(...more: string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "acc-redis-"));
  const port = await freePort();
  const durable = ["--appendonly", "yes", "--appendfsync", "always"];
  const place = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
  const run = () => launchRedis([...place, ...durable, ...more]);
  let running = await run();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => running.kill(),
    async start() {
      if (running.hasEnded()) running = await run();
    },
    freeze: () => running.signal("SIGSTOP"),
    thaw: () => running.signal("SIGCONT"),
    cli: (...args) =>
      execFileSync("redis-cli", ["-p", String(port), ...args], { encoding: "utf8" }),
    async stop() {
      await running.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
