import type { createClient } from "redis";
import { Failure, UsageError } from "../failure.ts";

export type Redis = ReturnType<typeof createClient>;

/** A client of `redis`, which is installed next to acc by those who want it, connected. */
export async function openRedis(url: string): Promise<Redis> {
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError("--redis needs an address.", "Write it as redis://HOST:6379.");
  }
  const redis = await load();
  const client = redis.createClient({
    url: withCredentials(url),
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 5_000,
      reconnectStrategy: (tries, cause) => (isConnected ? Math.min(100 * tries, 2_000) : cause),
    },
  });
  let isConnected = false;
  // The access tells of it (onState); without a listener it would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    isConnected = true;
    await client.ping().catch(ofPassword);
    return client as Redis;
  } catch (cause) {
    if (client.isOpen) client.destroy();
    const { message: words, code = "no reason is told" } = cause as NodeJS.ErrnoException;
    const reason = words || code;
    const { host } = new URL(url);
    const message = `The Redis at ${host} cannot be used: ${reason}.`;
    const isRefused = /^(NOAUTH|WRONGPASS)\b/.test(reason);
    const fix = isRefused ? `Its password goes into ${variables.password}.` : otherFix;
    throw new Failure("REDIS_UNAVAILABLE", message, fix, cause);
  }
}

const otherFix = "Start it, or name another.";
const variables = { username: "ACC_REDIS_USERNAME", password: "ACC_REDIS_PASSWORD" } as const;

/** Whoever is not let in may connect; of those who are, some may ask a few things alone. */
function ofPassword(error: Error): void {
  if (error.message.startsWith("NOAUTH")) throw error;
}

/** Arguments are seen by everybody on a machine, so that the address need not have a password. */
function withCredentials(url: string): string {
  const address = new URL(url);
  for (const [member, variable] of Object.entries(variables)) {
    const given = process.env[variable];
    const part = member as keyof typeof variables;
    if (given && address[part] === "") address[part] = encodeURIComponent(given);
  }
  return address.href;
}

async function load(): Promise<typeof import("redis")> {
  try {
    return await import("redis");
  } catch (cause) {
    const message = "The package redis is not installed.";
    throw new Failure("REDIS_NOT_INSTALLED", message, "Run: npm install -g redis", cause);
  }
}
