import type { createClient } from "redis";
import { Failure, UsageError } from "../failure.ts";

export type Redis = ReturnType<typeof createClient>;

/** Connects a client of `redis`, which users who want it install next to acc. */
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
  // The access reports errors (onState); without a listener, an error would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    isConnected = true;
    await client.ping().catch(ofPassword);
    return client as Redis;
  } catch (cause) {
    if (client.isOpen) client.destroy();
    const { message: words, code = "no reason given" } = cause as NodeJS.ErrnoException;
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

/**
 * Connecting works without a password, so a ping shows whether one is missing. Other errors are
 * ignored, since a user may be allowed only some commands.
 */
function ofPassword(error: Error): void {
  if (error.message.startsWith("NOAUTH")) throw error;
}

/**
 * Adds the user name and password from variables, since everyone on a machine can see a program's
 * arguments.
 */
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
