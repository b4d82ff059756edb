import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { freePort } from "../../../../scripts/free-port.ts";
import { hasRedisServer, launchRedis } from "../../../../test/redis-process.ts";

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Stops answering, with its connections open. */
  freeze(): void;
  /** Answers again. */
  thaw(): void;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export { hasRedisServer };

/** A server of its own on a free port, in a folder of its own. */
export function startRedis(...more: string[]): Promise<RedisServer> {
  return start((port) => ["--port", String(port), "--save", "", ...more]);
}

/** A sentinel that watches a server under the name `main`. */
export async function startSentinel(watched: RedisServer): Promise<RedisServer> {
  return start((port, folder) => {
    const path = join(folder, "sentinel.conf");
    writeFileSync(path, `port ${port}\nsentinel monitor main 127.0.0.1 ${watched.port} 1\n`);
    return [path, "--sentinel"];
  }, "+monitor");
}

async function start(
  argsOf: (port: number, folder: string) => string[],
  word?: string,
): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "acc-redis-"));
  const port = await freePort();
  const args = [...argsOf(port, folder), "--bind", "127.0.0.1", "--dir", folder];
  const process = await launchRedis(args, word);
  const kill = async () => {
    await process.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const freeze = () => process.signal("SIGSTOP");
  const thaw = () => process.signal("SIGCONT");
  return { port, url: `redis://127.0.0.1:${port}`, freeze, thaw, kill, stop: kill };
}

/** Three servers that share the slots; none has another's keys. */
export async function startCluster(): Promise<readonly RedisServer[]> {
  const nodes: RedisServer[] = [];
  for (let index = 0; index < 3; index++) {
    const bus = String(await freePort());
    nodes.push(await startRedis("--cluster-enabled", "yes", "--cluster-port", bus));
  }
  const [first, ...others] = nodes as [RedisServer, ...RedisServer[]];
  for (const [index, node] of nodes.entries()) {
    const from = index * 5461;
    const to = index === 2 ? 16_383 : from + 5460;
    redisCli(node, "CLUSTER", "ADDSLOTSRANGE", String(from), String(to));
  }
  for (const node of others) {
    const bus = /:\d+@(\d+)/.exec(redisCli(node, "CLUSTER", "NODES"))?.[1] ?? "";
    redisCli(first, "CLUSTER", "MEET", "127.0.0.1", String(node.port), bus);
  }
  const isReady = () =>
    nodes.every((node) => /cluster_known_nodes:3/.test(redisCli(node, "CLUSTER", "INFO"))) &&
    nodes.every((node) => /cluster_state:ok/.test(redisCli(node, "CLUSTER", "INFO")));
  while (!isReady()) await setTimeout(50);
  return nodes;
}

export function redisCli({ port }: RedisServer, ...args: string[]): string {
  return execFileSync("redis-cli", ["-p", String(port), ...args], { encoding: "utf8" });
}
