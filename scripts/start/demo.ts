import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCache } from "@acc/cache";
import type { ClientOptions, Mode, ProviderStatus, Reply } from "@acc/dual-mode";
import { startMockServer } from "../mock-server.ts";
import { showFallback } from "./fallback.ts";
import { type TimedCall, timedCall } from "./timed-call.ts";
import { vendors } from "./vendors.ts";

/** A call by one provider through one mode, and the same call again. */
export interface DemoCall {
  readonly provider: string;
  readonly mode: Mode;
  readonly first: TimedCall;
  /** Absent where the first one failed. */
  readonly second?: TimedCall;
}

export interface Demo {
  /** True: a server on loopback plays the vendors, and nobody pays. */
  readonly offline: boolean;
  readonly prompt: string;
  readonly providers: readonly ProviderStatus[];
  readonly calls: readonly DemoCall[];
  /** A call whose first mode is answered 529. */
  readonly fallback: Reply & { readonly ms: number };
}

const prompt = "In one sentence: what is a decorator in TypeScript?";

/** Shows what the project is for; `live` uses this machine's keys and logins. */
export async function runDemo({ live }: { readonly live: boolean }): Promise<Demo> {
  const server = await startMockServer();
  const folder = await mkdtemp(join(tmpdir(), "acc-start-"));
  const cache = openCache({ directory: folder });
  const options: ClientOptions = live
    ? { cache }
    : {
        cache,
        secrets: false,
        apiKey: "offline-no-key-at-all",
        baseUrl: server.url,
        billing: "key",
      };
  try {
    const providers = await findProviders();
    const calls: DemoCall[] = [];
    for (const status of providers) {
      for (const mode of openModes(status, live)) {
        calls.push(await callTwice(status.provider, mode, options));
      }
    }
    const fallback = await showFallback(server.url, prompt);
    return { offline: !live, prompt, providers, calls, fallback };
  } finally {
    await cache.close();
    await rm(folder, { recursive: true, force: true });
    await server.close();
  }
}

async function findProviders(): Promise<readonly ProviderStatus[]> {
  const statuses = await Promise.all(Object.values(vendors).map((create) => create().status()));
  return statuses.flat();
}

function openModes({ cli, sdk, keys }: ProviderStatus, live: boolean): readonly Mode[] {
  const hasKey = keys.length > 0 || !live;
  const open: Mode[] = [];
  if (sdk?.available && hasKey) open.push("sdk");
  if (cli?.available && (hasKey || cli.login)) open.push("cli");
  return open;
}

async function callTwice(provider: string, mode: Mode, options: ClientOptions): Promise<DemoCall> {
  const create = vendors[provider];
  if (create === undefined) throw new RangeError(`There is no provider ${provider}.`);
  const client = create({ ...options, only: mode, retry: 0 });
  try {
    const first = await timedCall(client, prompt, { cache: "refresh" });
    if (first.error !== undefined) return { provider, mode, first };
    return { provider, mode, first, second: await timedCall(client, prompt) };
  } finally {
    await client.close();
  }
}
