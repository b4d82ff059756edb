import { type ChildProcess, spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { echo, type Play, startVendor, type Vendor } from "../../batch/test/support/vendor.ts";
import {
  hasRedisServer,
  type RedisServer,
  startRedis,
} from "../../server/test/support/redis-server.ts";
import { type AccHome, accMain, emptyHome, testKey } from "./acc.ts";
import { loggedInClaude } from "./logged-in-claude.ts";

const lines = 120;

describe.runIf(hasRedisServer())("a batch whose lines go by a queue", () => {
  let home: AccHome;
  let redis: RedisServer;
  let vendor: Vendor;
  let play: Play;
  let workers: ChildProcess[];

  beforeEach(async () => {
    play = echo;
    workers = [];
    [home, redis] = await Promise.all([emptyHome(), startRedis()]);
    vendor = await startVendor((response, prompt) => play(response, prompt));
    const prompts = Array.from({ length: lines }, (_, index) => `"p${index}"\n`);
    await writeFile(join(home.path, "in.jsonl"), prompts.join(""));
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => gone(worker, "SIGKILL")));
    await redis.stop();
    await vendor.close();
    await home.remove();
  });

  const env = () => ({ GROQ_API_KEY: testKey, GROQ_BASE_URL: vendor.url });

  /** A worker that has said that it takes lines; the owner of the batch has no key. */
  async function startWorker(
    keys: Record<string, string> = env(),
    ...more: readonly string[]
  ): Promise<ChildProcess> {
    const args = ["batch", "worker", "--queue", redis.url, "--concurrency", "4", ...more];
    const child = spawn(process.execPath, [accMain, ...args], {
      cwd: home.path,
      env: { HOME: home.path, PATH: "/bin", ...keys },
      stdio: ["ignore", "ignore", "pipe"],
    });
    workers.push(child);
    await new Promise<void>((resolve) => {
      child.stderr?.on("data", (text) => String(text).includes("Takes lines") && resolve());
      child.once("exit", () => resolve());
    });
    return child;
  }

  const ask = (whenSpawned?: (child: ChildProcess) => void, provider = "groq") =>
    home.acc(
      [..."batch in.jsonl -o out.jsonl --no-cache --queue".split(" "), redis.url, "-p", provider],
      whenSpawned && { whenSpawned },
    );

  async function answered(): Promise<readonly number[]> {
    const text = await readFile(join(home.path, "out.jsonl"), "utf8");
    const answers = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { line: number });
    return answers.map(({ line }) => line).sort((one, other) => one - other);
  }

  const all = Array.from({ length: lines }, (_, index) => index + 1);

  it("is answered by three workers of which one is killed, each line once", async () => {
    const [victim] = await Promise.all([startWorker(), startWorker(), startWorker()]);
    play = (response, prompt) => {
      if (vendor.prompts.length === 60) victim?.kill("SIGKILL");
      setTimeout(() => echo(response, prompt), 20);
    };
    const { code, stderr } = await ask();
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/acc: 120 answered, 0 failed; /),
    });
    expect(await answered()).toEqual(all);
    expect(new Set(vendor.prompts).size).toBe(lines);
    expect(vendor.prompts.length).toBeLessThanOrEqual(lines + 4);
    expect(await readFile(join(home.path, "out.jsonl"), "utf8")).toContain("env:GROQ_API_KEY");
  }, 120_000);

  it("goes on where it was when its owner is killed, with the lines that are in the queue", async () => {
    await startWorker();
    let owner: ChildProcess | undefined;
    play = (response, prompt) => {
      if (vendor.prompts.length === 40) owner?.kill("SIGKILL");
      echo(response, prompt);
    };
    const killed = await ask((child) => {
      owner = child;
    });
    expect(killed.code).toBe(null);
    expect((await ask()).code).toBe(0);
    expect(await answered()).toEqual(all);
    expect(vendor.prompts.length).toBeLessThanOrEqual(lines + 64);
  }, 120_000);

  it("leaves a line to others where a worker has no key for it, which ends", async () => {
    const poor = await startWorker({});
    const asked = ask();
    await gone(poor);
    expect(poor.exitCode).toBe(1);
    await startWorker();
    expect((await asked).code).toBe(0);
    expect(await answered()).toEqual(all);
  }, 120_000);

  /** A login is for whoever is logged in there alone. */
  it("has a worker's login pay with --own alone", async () => {
    await writeFile(join(home.path, "in.jsonl"), '"p0"\n"p1"\n');
    const login = loggedInClaude(home.path);
    const shared = await startWorker(login);
    let told = "";
    shared.stderr?.on("data", (text) => {
      told += text;
    });
    const asked = ask(undefined, "claude");
    await gone(shared);
    expect({ code: shared.exitCode, told }).toEqual({
      code: 1,
      told: expect.stringMatching(/A login is used only with --own[\s\S]*\(MISSING_CREDENTIALS\)/),
    });
    await startWorker(login, "--own");
    expect((await asked).code).toBe(0);
    const text = await readFile(join(home.path, "out.jsonl"), "utf8");
    const answers = text.trim().split("\n");
    for (const answer of answers) {
      expect(JSON.parse(answer)).toMatchObject({
        reply: { text: expect.stringMatching(/^heard\s+p[01]$/), mode: "cli" },
        attempts: [{ credential: "login" }],
      });
    }
    expect(answers).toHaveLength(2);
  }, 120_000);
});

function gone(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  if (signal) child.kill(signal);
  return ended;
}
