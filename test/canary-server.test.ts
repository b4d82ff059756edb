import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccHome, emptyHome } from "../packages/cli/test/acc.ts";
import { type ServeProcess, startServe } from "../packages/cli/test/serve-process.ts";
import { awsServer } from "../packages/secrets/test/outside/aws-server.ts";
import { gcpServer, goodToken } from "../packages/secrets/test/outside/gcp-server.ts";
import { vaultServer } from "../packages/secrets/test/outside/vault-server.ts";
import {
  hasRedisServer,
  type RedisServer,
  startRedis,
} from "../packages/server/test/support/redis-server.ts";
import { type LoopbackServer, startLoopbackServer } from "../scripts/loopback-server.ts";
import { plays, refuses } from "../scripts/vendor-answers.ts";
import { canary, formsIn, planted } from "./canary-forms.ts";

const name = "anthropic_api_key";
const ownerToken = "the-token-of-an-owner-0123456789-abcdef";
const vaultToken = "hvs.token-of-a-test-0123456789";
const aws = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret-access-key-0123456789",
};

let home: AccHome;
let redis: RedisServer;
let vendor: LoopbackServer;

/** What acc is told of where its keys are, and what of it is secret too. */
interface Keeping {
  readonly secrets?: object;
  readonly env?: Record<string, string>;
  readonly hidden?: readonly string[];
}

const stores: Readonly<Record<string, () => Promise<Keeping>>> = {
  async "the encrypted file"() {
    await home.acc(["secrets", "set", name], { stdin: canary });
    return {};
  },
  async files() {
    const folder = join(home.path, "mounted");
    await mkdir(folder, { mode: 0o700 });
    await writeFile(join(folder, name), `${canary}\n`, { mode: 0o600 });
    return { secrets: { store: "files", folder } };
  },
  async "a program"() {
    const program = join(home.path, "keeper");
    await writeFile(program, `#!/bin/sh\necho '${canary}'\n`);
    await chmod(program, 0o755);
    return { secrets: { store: "command", command: [program, "{}"], names: { [name]: name } } };
  },
  async "a credential helper"() {
    const helper = join(home.path, "docker-credential-test");
    const found = JSON.stringify({ ServerURL: "x", Username: "acc", Secret: canary });
    await writeFile(helper, `#!/bin/sh\ncat > /dev/null\necho '${found}'\n`);
    await chmod(helper, 0o755);
    return { secrets: { store: "docker-helper", helper } };
  },
  async Vault() {
    const server = await vaultServer();
    server.addToken(vaultToken);
    server.secrets.set(`acc/${name}`, [{ data: { value: canary } }]);
    const auth = { method: "token", token: { env: "MY_VAULT_TOKEN" } };
    return {
      secrets: { store: "vault", address: server.address, auth },
      env: { MY_VAULT_TOKEN: vaultToken },
      hidden: [vaultToken],
    };
  },
  async AWS() {
    const server = await awsServer();
    const stages = new Map([["AWSCURRENT", canary]]);
    server.secrets.set(`acc/${name}`, { stages, deleted: false });
    const { endpoint } = server;
    return {
      secrets: { store: "aws", region: "eu-central-1", endpoint },
      env: aws,
      hidden: [aws.AWS_SECRET_ACCESS_KEY],
    };
  },
  async Google() {
    const { address, secrets } = await gcpServer();
    secrets.set(`acc-${name}`, [canary]);
    const token = { env: "MY_GOOGLE_TOKEN" };
    return {
      secrets: { store: "gcp", project: "my-project", address, token },
      env: { MY_GOOGLE_TOKEN: goodToken },
      hidden: [goodToken],
    };
  },
};

/** All that a Redis has, as text: names, and what is in them. */
function dumpOf({ cli }: RedisServer): string {
  const names = cli("KEYS", "*").trim().split("\n").filter(Boolean);
  const read: Readonly<Record<string, (key: string) => string>> = {
    string: (key) => cli("GET", key),
    hash: (key) => cli("HGETALL", key),
    zset: (key) => cli("ZRANGE", key, "0", "-1", "WITHSCORES"),
    set: (key) => cli("SMEMBERS", key),
    list: (key) => cli("LRANGE", key, "0", "-1"),
  };
  return names.map((key) => `${key}\n${read[cli("TYPE", key).trim()]?.(key)}`).join("\n");
}

/** What the page has of the server, and its feed, for the owner. */
async function pageOf({ url, page }: ServeProcess): Promise<string> {
  const body = JSON.stringify({ code: page.split("#enter=")[1] });
  const headers = { "content-type": "application/json", origin: url };
  const entered = await fetch(`${url}/acc/session`, { method: "POST", headers, body });
  const { proof } = (await entered.json()) as { readonly proof: string };
  const cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const session = { cookie, "x-acc-page": proof };
  const state = await fetch(`${url}/acc/state`, { headers: session });
  const keys = await fetch(`${url}/acc/keys`, { headers: session });
  expect([entered.status, state.status, keys.status]).toEqual([200, 200, 200]);
  const feed = await fetch(`${url}/acc/events`, { headers: session });
  const first = await feed.body?.getReader().read();
  return (await state.text()) + (await keys.text()) + Buffer.from(first?.value ?? []).toString();
}

describe.runIf(hasRedisServer())("a key of a vendor, and what opens its store", () => {
  beforeEach(async () => {
    [home, redis] = await Promise.all([emptyHome(), startRedis()]);
    vendor = await startLoopbackServer(plays("claude", "An answer."));
  });
  afterEach(async () => {
    await vendor.close();
    await redis.stop();
    await home.remove();
  });

  const ask = async (url: string, token: string, content: string) => {
    const answer = await fetch(`${url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": token, "content-type": "application/json" },
      body: JSON.stringify({
        ...{ model: "claude/claude-haiku-4-5", max_tokens: 100 },
        messages: [{ role: "user", content }],
      }),
    });
    return { status: answer.status, text: await answer.text() };
  };

  it.each(Object.keys(stores))(
    "from %s show nowhere in a server on Redis: not in Redis, metrics, page, audit, argv",
    async (store) => {
      const { secrets, env = {}, hidden = [] } = await (stores[store] as () => Promise<Keeping>)();
      const config = join(home.path, ".config", "acc", "config.json");
      await mkdir(dirname(config), { recursive: true, mode: 0o700 });
      await writeFile(config, JSON.stringify({ version: 1, ...(secrets && { secrets }) }));
      const served = await startServe(home, {
        args: ["--redis", redis.url, "--keep-prompts"],
        env: { ...env, ACC_SERVER_TOKEN: ownerToken, ANTHROPIC_BASE_URL: vendor.url },
      });
      const { url, child } = served;
      const added = await home.acc(["serve", "keys", "add", "ci", "--redis", redis.url]);
      const token = added.stdout.trim();
      const shown = [added.stderr];
      const good = await ask(url, token, "good");
      expect([store, good.status]).toEqual([store, 200]);
      expect(JSON.stringify(vendor.requests.at(-1)?.headers)).toContain(canary);
      // What it quotes goes into cooldowns, records and answers.
      const message = `wrong key: ${canary} (${encodeURIComponent(canary)})`;
      for (const status of [500, 401]) {
        vendor.answer = refuses("claude", status, { message });
        shown.push((await ask(url, token, `refused ${status}`)).text);
      }
      const metrics = await fetch(`${url}/metrics`, {
        headers: { authorization: `Bearer ${ownerToken}` },
      });
      shown.push(await metrics.text(), await pageOf(served), served.said());
      shown.push(await readFile(join(dirname(config), "server", "audit.jsonl"), "utf8"));
      if (process.platform === "linux") {
        shown.push(readFileSync(`/proc/${child.pid}/cmdline`, "utf8"));
      }
      const inRedis = dumpOf(redis);
      expect(inRedis).toContain("wrong key: [redacted]");
      const all = [...shown, inRedis].join("\n");
      expect(formsIn(all)).toEqual([]);
      for (const secret of [token, ownerToken, ...hidden]) expect(all).not.toContain(secret);
      execFileSync("redis-cli", ["-u", redis.url, "SET", "plant", planted]);
      expect(formsIn(dumpOf(redis))).toHaveLength(6);
    },
    60_000,
  );
});
