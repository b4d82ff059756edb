import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { kernelLocks } from "../src/file/kernel-lock.ts";
import { OwnerRecord } from "../src/file/owner-record.ts";
import { bePresent, judgeOfPresence } from "../src/file/presence.ts";
import { isDead, newIdentity, parseIdentity } from "../src/file/process-identity.ts";
import { withLock } from "../src/file/with-lock.ts";
import { openSecrets } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const isLinux = process.platform === "linux";
const built = pathToFileURL(fileURLToPath(new URL("../dist/index.js", import.meta.url))).href;
const gone = 2 ** 22 + 1;
const path = (): string => join(temporaryFolder(), "some.json");

/** Root can make namespaces and mounts of its own, as in CI. */
function canUnshare(): boolean {
  return isLinux && spawnSync("unshare", ["-mpf", "true"]).status === 0;
}

test.runIf(process.env.CI)("CI can make mount and pid namespaces", () => {
  expect(canUnshare()).toBe(true);
});

test.runIf(isLinux)("another boot of this machine is dead; another machine's is not known", () => {
  const owner = { ...newIdentity(), pid: 1, thread: 1 };
  expect(isDead({ ...owner, machine: "a-machine", boot: "another" })).toBe(false);
  const { machine } = owner;
  if (machine !== "") expect(isDead({ ...owner, boot: "another" })).toBe(true);
  expect(isDead({ ...owner, machine: "", boot: "another" })).toBe(false);
  expect(isDead({ ...owner, pidNamespace: "pid:[1]" })).toBe(false);
  expect(isDead({ ...owner, pid: gone, thread: gone })).toBe(true);
});

test.runIf(isLinux)("a record in the form of before is judged by its process", () => {
  const { boot, pidNamespace, nonce } = newIdentity();
  const old = (pid: number, place: string) =>
    parseIdentity(JSON.stringify({ pid, start: "", place, nonce }));
  const here = `some-host ${boot} ${pidNamespace}`;
  expect(isDead(old(gone, here) as never)).toBe(true);
  expect(isDead(old(process.pid, here) as never)).toBe(false);
  expect(isDead(old(gone, "some-host another-boot pid:[1]") as never)).toBe(false);
});

test.runIf(isLinux)(
  "the kernel's lock tells that an owner is gone, in whatever container (k3s-io/k3s#13763)",
  async () => {
    if (!(await kernelLocks())) return expect(process.env.CI).toBeFalsy();
    const lock = path();
    const elsewhere = { ...newIdentity(0), pid: gone, thread: gone, pidNamespace: "pid:[1]" };
    writeFileSync(`${lock}.owner`, JSON.stringify(elsewhere));
    expect(await withLock(lock, 500, async () => "taken")).toBe("taken");
    const afterReboot = { ...elsewhere, machine: "", boot: "another" };
    writeFileSync(`${lock}.owner`, JSON.stringify(afterReboot));
    const isLocal = [0xef53, 0x01021994, 0x794c7630, 0x58465342, 0x9123683e].includes(
      statfsSync(join(lock, "..")).type,
    );
    const taken = withLock(lock, 500, async () => "taken").catch((error) => error.code);
    expect(await taken).toBe(isLocal ? "taken" : "LOCK_TIMEOUT");
    const { lockedAt: _, ...withoutLock } = elsewhere;
    writeFileSync(`${lock}.owner`, JSON.stringify(withoutLock));
    expect(await withLock(lock, 100, async () => "").catch((error) => error.code)).toBe(
      "LOCK_TIMEOUT",
    );
  },
);

test("an empty or cut record is taken over, once, and not at once (openclaw/openclaw#30525)", async () => {
  // Numbers that are no process are as good as none (openai/codex-security#228).
  const pids = [0, -1, 0.5, 2 ** 31].map((pid) => JSON.stringify({ ...newIdentity(), pid }));
  for (const text of [...pids, "", '{"pid":12,"sta', "[]", '{"pid":12,"nonce":"../../x"}']) {
    const lock = path();
    writeFileSync(`${lock}.owner`, text);
    const many = Array.from({ length: 6 }, () => new OwnerRecord(`${lock}.owner`));
    expect(many.filter((one) => one.tryTake())).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 550));
    const taken = many.filter((one) => one.tryTake());
    expect(taken).toHaveLength(1);
    for (const one of many) if (one !== taken[0]) one.abandon();
    taken[0]?.release();
    expect(await withLock(lock, 100, async () => "free")).toBe("free");
  }
});

test.runIf(isLinux)(
  "a worker that was terminated in a write lets go (Ancienttwo/repo-harness#267)",
  async () => {
    for (const native of [true, false]) {
      const directory = join(temporaryFolder(), "store");
      await using secrets = await openSecrets({ directory, env: {}, lockTimeout: 3_000 });
      await secrets.set("first_api_key", "first-value-0001");
      const worker = new Worker(
        `
        const fsp = require("node:fs/promises");
        const { syncBuiltinESMExports } = require("node:module");
        const { parentPort } = require("node:worker_threads");
        const real = fsp.rename;
        fsp.rename = (from, to) => String(to).endsWith("acc-secrets.json")
          ? (parentPort.postMessage("writing"), new Promise(() => { setTimeout(() => {}, 1e6) }))
          : real(from, to);
        syncBuiltinESMExports();
        const hide = ${native} ? Promise.resolve() : import("node:module").then(({ register }) =>
          register("data:text/javascript," + encodeURIComponent(
            "export const resolve = (name, context, next) => name === 'fs-native-extensions' ? Promise.reject(new Error('none')) : next(name, context)")));
        hide.then(() => import(${JSON.stringify(built)})).then(async ({ openSecrets }) => {
          const secrets = await openSecrets({ directory: ${JSON.stringify(directory)}, env: {} });
          await secrets.set("other_api_key", "other-value-0001");
        });`,
        { eval: true },
      );
      onTestFinished(() => void worker.terminate());
      await once(worker, "message");
      const { lockedAt } = JSON.parse(
        readFileSync(join(directory, "acc-secrets.json.owner"), "utf8"),
      );
      expect(lockedAt).toBe(native && (await kernelLocks()) ? 0 : undefined);
      await worker.terminate();
      await secrets.set("first_api_key", "first-value-0002");
      expect(await secrets.list()).toEqual(["first_api_key"]);
    }
  },
);

test("who is at a rotation is gone when the kernel holds its byte no longer", async () => {
  const lockFile = `${path()}.lock`;
  const presence = await bePresent(lockFile);
  const isGone = await judgeOfPresence(lockFile);
  expect(isGone(presence.identity)).toBe(false);
  const elsewhere = { ...presence.identity, pid: gone, thread: gone, pidNamespace: "pid:[1]" };
  expect(isGone(elsewhere)).toBe(false);
  presence.end();
  if (await kernelLocks()) expect(isGone(elsewhere)).toBe(true);
  expect(isGone(presence.identity)).toBe((await kernelLocks()) !== undefined);
});

const begin = (directory: string): string => `
  import { openSecrets } from ${JSON.stringify(built)};
  const secrets = await openSecrets({ directory: ${JSON.stringify(directory)}, env: {} });
  await secrets.set("vendor_api_key", "vendor-key-1");
  await secrets.rotate("vendor_api_key", {
    create: async () => "vendor-key-2",
    test: async () => { process.kill(process.pid, "SIGKILL"); await new Promise(() => {}); },
  });`;

const goOn = (directory: string): string => `
  import { openSecrets } from ${JSON.stringify(built)};
  const secrets = await openSecrets({ directory: ${JSON.stringify(directory)}, env: {} });
  const plan = { create: async () => "vendor-key-3", test: async () => true };
  const { failed } = await secrets.rotateDue({ vendor_api_key: plan });
  console.log(failed[0]?.error.code ?? (await secrets.get("vendor_api_key")).reveal());`;

test.runIf(canUnshare())(
  "a rotation goes on after a reboot, and in a container that was made anew (k3s-io/k3s#13763)",
  async () => {
    const run = (how: readonly string[], code: string): string => {
      const [command = "", ...args] = [...how, process.execPath, "--input-type=module", "-e", code];
      return spawnSync(command, args, { encoding: "utf8" }).stdout.trim();
    };
    const container = ["unshare", "-mpf", "--mount-proc"];
    const another = join(temporaryFolder(), "boot_id");
    writeFileSync(another, "11111111-2222-3333-4444-555555555555\n");
    const bind = `mount --bind ${another} /proc/sys/kernel/random/boot_id && exec "$@"`;
    const boot = ["unshare", "-m", "sh", "-c", bind, "sh"];
    for (const [first, then] of [
      [container, container],
      [[], boot],
      [container, [] as string[]],
    ] as const) {
      const directory = join(temporaryFolder(), "store");
      run(first, begin(directory));
      expect(existsSync(join(directory, "acc-secrets.json"))).toBe(true);
      expect(run(then, goOn(directory))).toBe("vendor-key-2");
    }
  },
);

test.runIf(canUnshare())("a live rotation in another container is not robbed", async () => {
  const directory = join(temporaryFolder(), "store");
  const code = begin(directory).replace(
    'process.kill(process.pid, "SIGKILL");',
    "console.log(1); setInterval(() => {}, 1000);",
  );
  const holder = spawn(
    "unshare",
    ["-mpf", "--mount-proc", "--kill-child", process.execPath, "--input-type=module", "-e", code],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => void holder.kill("SIGKILL"));
  await once(holder.stdout, "data");
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", goOn(directory)], {
    encoding: "utf8",
  });
  expect(out.trim()).toBe("ROTATION_IN_PROGRESS");
  holder.kill("SIGKILL");
});
