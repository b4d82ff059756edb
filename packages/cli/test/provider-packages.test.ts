import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { type AccHome, accMain, emptyHome } from "./acc.ts";
import { openTestRegistry, type TestRegistry } from "./registry.ts";
import { accLine, canDriveTerminal, Terminal } from "./terminal.ts";

let registry: TestRegistry;
let server: LoopbackServer;
let home: AccHome;
/** With `acme` in it, as a test needs that only asks or removes it. */
let withAcme: AccHome;

beforeAll(async () => {
  registry = await openTestRegistry();
  server = await startLoopbackServer(plays("groq", "Hello ", "you"));
  registry.publishMade("--id", "acme", "--base-url", server.url, "--model", "m-1");
  withAcme = await emptyHome();
  const run = await withAcme.acc(["providers", "add", "acc-provider-acme", "--yes"], {
    env: registry.env,
  });
  expect(run).toMatchObject({ code: 0 });
}, 240_000);
afterAll(async () => {
  await withAcme.remove();
  await server.close();
  await registry.close();
});
beforeEach(async () => {
  home = await emptyHome();
});
afterEach(() => home.remove());

const add = (word: string, ...flags: string[]) =>
  home.acc(["providers", "add", word, ...flags], { env: registry.env });
const kept = (of: AccHome = home) => join(of.path, ".local/share/acc/providers");
const left = async () => readdir(kept()).catch(() => []);

/** A package that could be a provider, but for what is wrong with it. */
const bad = (name: string, manifest: object, source: string) => ({
  "package.json": JSON.stringify({
    ...{ name, version: "1.0.0", type: "module", exports: "./index.js", license: "MIT" },
    ...manifest,
  }),
  "index.js": source,
});

describe("a provider's package", { timeout: 120_000 }, () => {
  it("made by create-acc-provider is added, asked, listed, completed and removed", async () => {
    const added = await add("acc-provider-acme", "--yes");
    expect([added.code, added.stdout]).toEqual([0, ""]);
    for (const shown of [
      "acc-provider-acme 0.1.0",
      "published by",
      "will run      ./dist/index.js when it is asked",
      "@acc/dual-mode",
      "checksum      sha512-",
    ]) {
      expect(added.stderr).toContain(shown);
    }
    const asked = await home.acc(["chat", "-v", "-p", "acme", "hi"]);
    expect([asked.code, asked.stdout]).toEqual([0, "Hello you\n"]);
    expect(asked.stderr).toContain("→ acme sdk (none), m-1");
    const again = await home.acc(["chat", "--json", "-p", "acme", "hi"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ provider: "acme", cached: true });
    const { stdout } = await home.acc(["providers", "list", "--json"]);
    expect(JSON.parse(stdout).providers).toContainEqual({
      ...{ name: "acme", from: "package", package: "acc-provider-acme", version: "0.1.0" },
      ...{ integrity: expect.stringMatching(/^sha512-/), create: "createAcme", id: "acme" },
      ...{ installedAt: expect.any(String), publisher: expect.any(String) },
    });
    const completed = await home.acc(["complete", "--", "chat", "--provider", ""]);
    expect(completed.stdout).toMatch(/^acme$/m);
    const checked = await home.acc(["providers", "test", "acme"]);
    expect(checked.stdout).toMatch(/✓ sdk: a chat gives/);
    const removed = await home.acc(["providers", "remove", "acme"]);
    expect([removed.code, await left()]).toEqual([0, []]);
    const gone = await home.acc(["chat", "-p", "acme", "hi"]);
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('no provider "acme"')]);
  });

  it("is kept with exact versions and checksums, for its owner alone", async () => {
    const folder = join(kept(withAcme), "acme");
    const lock = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8"));
    const { integrity, version } = lock.packages["node_modules/acc-provider-acme"];
    const record = JSON.parse(await readFile(join(folder, "acc.json"), "utf8"));
    expect(record).toMatchObject({ integrity, version });
    const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    expect(manifest.dependencies).toEqual({ "acc-provider-acme": "0.1.0" });
    expect((await stat(folder)).mode & 0o077).toBe(0);
  });

  it("may have another name, and be what a setting is like", async () => {
    expect((await add("acc-provider-acme@0.1.0", "--as", "boss", "--yes", "--json")).code).toBe(0);
    const run = await home.acc(["chat", "--json", "-p", "boss", "hi"]);
    expect(JSON.parse(run.stdout).provider).toBe("boss");
    expect((await add("mine", "--like", "boss", "--model", "other-1")).code).toBe(0);
    const { stdout } = await home.acc(["chat", "--json", "-p", "mine", "hi"]);
    expect(JSON.parse(stdout).provider).toBe("mine");
    expect(JSON.parse(server.requests.at(-1)?.body ?? "").model).toBe("other-1");
    const inUse = await home.acc(["providers", "remove", "boss"]);
    expect([inUse.code, inUse.stderr]).toEqual([2, expect.stringContaining("providers.mine")]);
  });

  it("is shown, and not added, where nobody says yes", async () => {
    const run = await add("acc-provider-acme");
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(/published by[\s\S]*\(NOT_CONFIRMED\)/);
    expect(await left()).toEqual([]);
  });

  it("leaves nothing behind where it is interrupted", async () => {
    const run = await home.acc(["providers", "add", "acc-provider-acme", "--yes"], {
      env: registry.env,
      whenSpawned: async (child) => {
        await vi.waitFor(async () => expect(await left()).toHaveLength(1), 20_000);
        child.kill("SIGINT");
      },
    });
    expect([run.code, await left()]).toEqual([130, []]);
  });

  it.runIf(canDriveTerminal)("is asked about in a terminal, where Ctrl-C is no", async () => {
    for (const [key, end] of [
      ["y", /acme is added[\s\S]*\[exit 0\]/],
      ["C-c", /\[exit 130\]/],
    ] as const) {
      const other = await emptyHome();
      const env = { ...registry.env, HOME: other.path };
      const screen = new Terminal(accLine("providers add acc-provider-acme", env), 100);
      try {
        await screen.see(/Add it\?/, 60_000);
        screen.press(key);
        await screen.see(end, 60_000);
        expect(existsSync(join(kept(other), "acme"))).toBe(key === "y");
      } finally {
        await screen.close();
        await other.remove();
      }
    }
  });
});

describe("adding a package runs none of its scripts and takes nothing unsafe:", {
  timeout: 60_000,
}, () => {
  // openclaw/openclaw#11431, jackwener/OpenCLI#1753: an installation that ran what a plugin brought.
  it("scripts of the package are shown and not run", async () => {
    const mark = join(home.path, "ran");
    const scripts = { preinstall: `touch ${mark}`, postinstall: `touch ${mark}` };
    registry.publish(bad("acc-provider-scripts", { scripts }, "export const x = 1;"));
    await writeFile(join(home.path, ".npmrc"), "ignore-scripts=false\n");
    const run = await add("acc-provider-scripts", "--yes");
    expect(run.stderr).toContain(`postinstall: touch ${mark} (not run)`);
    expect(run.stderr).toContain("with scripts  acc-provider-scripts (not run)");
    expect(existsSync(mark)).toBe(false);
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("NO_PROVIDER")]);
    expect(await left()).toEqual([]);
  });

  it.each([
    ["git", "git+https://127.0.0.1:9/x.git"],
    ["github", "github:someone/something"],
    ["address", "http://127.0.0.1:9/x.tgz"],
    ["folder", "file:../x"],
  ])("a dependency from a %s", async (kind, from) => {
    const name = `acc-provider-${kind}`;
    registry.publish(bad(name, { dependencies: { x: from } }, "export const x = 1;"));
    const run = await add(name, "--yes");
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("UNSAFE_PACKAGE")]);
    expect(run.stderr).toContain(`it wants x from ${from}`);
    expect(await left()).toEqual([]);
  });

  it("what a package brings may want nothing from elsewhere either", async () => {
    const repository = { dependencies: { x: "git+file:///nowhere/x.git" } };
    registry.publish(bad("acc-provider-below", repository, "export const x = 1;"));
    const above = { dependencies: { "acc-provider-below": "1.0.0" } };
    registry.publish(bad("acc-provider-above", above, "export const x = 1;"));
    const run = await add("acc-provider-above", "--yes");
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("to come by git")]);
    expect(await left()).toEqual([]);
  });

  it.each([
    ["nothing", "export const x = 1;", /exports no function create/],
    ["two", "export const createA = () => {}; export const createB = createA;", /several: createA/],
    ["other", "export const createA = () => ({});", /createA gives no client/],
    ["thrown", "throw new Error('no\\u001b[31m good');", /no\\x1b\[31m good/],
    ["hanging", "await new Promise(() => setInterval(() => {}, 1000));", /did not load within 15/],
    [
      "taken",
      "export const createA = () => ({ provider: 'claude', chat() {}, stream() {}, status() {}, async close() {} });",
      /--as my-claude/,
    ],
  ])("what exports %s is no provider", async (kind, source, message) => {
    registry.publish(bad(`acc-provider-${kind}`, {}, source));
    const run = await add(`acc-provider-${kind}`, "--yes");
    expect([run.code, run.stdout]).toEqual([1, ""]);
    expect(run.stderr).toMatch(message);
    expect(await left()).toEqual([]);
  });

  it("a package that is not there, or a version", async () => {
    for (const word of ["acc-provider-nowhere", "acc-provider-acme@9.9.9"]) {
      const run = await add(word, "--yes");
      expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("PACKAGE_NOT_FOUND")]);
    }
  });

  it.each([
    "./acme",
    "../acme",
    "/tmp/acme",
    "acme.tgz",
    "git+ssh://git@host/x",
    "https://host/x.tgz",
    "file:x",
    "github:a/b",
    "a/b",
    "npm:",
    "acc-provider-x@$(id)",
  ])("%s, which is of no registry", async (word) => {
    const { code, stderr } = await add(word, "--yes");
    expect(code).toBe(2);
    expect(stderr).toContain("WRONG_USAGE");
  });

  // neoclide/coc.nvim#3503: the settings of npm in the folder that one works in.
  it("asks no registry that the working folder names, nor its npm", async () => {
    const project = join(home.path, "project");
    await mkdir(join(project, ".git"), { recursive: true });
    await writeFile(join(project, ".npmrc"), "registry=http://127.0.0.1:9/\n");
    const fake = join(project, "npm");
    await writeFile(fake, "#!/bin/sh\ntouch ran\n");
    await chmod(fake, 0o755);
    const path = `${project}:.:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
    const run = await runIn(project, { ...registry.env, PATH: path });
    expect([run.code, existsSync(join(project, "ran"))]).toEqual([0, false]);
  });

  // Yeachan-Heo/gajae-code#3821: npm hands its scripts what the .npmrc of a folder says.
  it("asks no registry that a script of npm's hands on", async () => {
    const { npm_config_userconfig: userconfig = "", ...rest } = registry.env;
    await writeFile(join(home.path, ".npmrc"), await readFile(userconfig, "utf8"));
    const handed = { npm_lifecycle_event: "start", npm_config_registry: "http://127.0.0.1:9/" };
    const env = { ...rest, ...handed };
    const run = await home.acc(["providers", "add", "acc-provider-acme", "--yes"], { env });
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining("acme is added")]);
  });

  it("says so where there is no npm", async () => {
    const env = { PATH: "/nowhere", ACC_NPM_CLI: join(home.path, "no-npm") };
    const { code, stderr } = await home.acc(["providers", "add", "acc-provider-acme"], { env });
    expect([code, stderr]).toEqual([2, expect.stringContaining("ACC_NPM_CLI")]);
  });
});

describe("a package that fails later closes itself and nothing else", () => {
  let broken: AccHome;
  beforeEach(async () => {
    broken = home;
    const folder = join(kept(broken), "acme");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const record = { package: "acc-provider-acme", version: "0.1.0", integrity: "sha512-x" };
    const made = { create: "createAcme", id: "acme", installedAt: "2026-11-29T00:00:00Z" };
    await writeFile(join(folder, "acc.json"), JSON.stringify({ ...record, ...made }));
    await writeFile(join(folder, "provider.mjs"), "throw new Error('broken today');");
  });

  // simonw/llm#875, simonw/llm-replicate#26: no command worked any more, not even the removal.
  it("is told, passed over, and can be removed", async () => {
    const key = { GROQ_API_KEY: "key-that-opens-nothing", GROQ_BASE_URL: server.url };
    const doctor = await broken.acc(["doctor", "--json"], { env: key });
    expect([doctor.code, JSON.parse(doctor.stdout).findings]).toEqual([
      0,
      [expect.objectContaining({ code: "PROVIDER_NOT_LOADED" })],
    ]);
    const named = await broken.acc(["chat", "-p", "acme", "hi"]);
    expect([named.code, named.stderr]).toEqual([1, expect.stringContaining("broken today")]);
    const any = await broken.acc(["chat", "hi"], { env: key });
    expect([any.code, any.stdout]).toEqual([0, "Hello you\n"]);
    expect(any.stderr).toContain("acme is passed over");
    expect((await broken.acc(["chat", "-p", "groq", "hi"], { env: key })).stderr).toBe("");
    expect((await broken.acc(["models"])).code).toBe(0);
    expect((await broken.acc(["providers", "list"])).stdout).toContain("acc-provider-acme 0.1.0");
    expect((await broken.acc(["providers", "remove", "acme"])).code).toBe(0);
    expect(await left()).toEqual([]);
  });

  it("is not loaded where others can write to it", async () => {
    const mark = join(broken.path, "ran");
    const file = join(kept(broken), "acme/provider.mjs");
    await writeFile(file, `import { writeFileSync } from "node:fs"; writeFileSync("${mark}", "");`);
    await chmod(file, 0o666);
    const { code, stderr } = await broken.acc(["chat", "-p", "acme", "hi"]);
    expect([code, existsSync(mark)]).toEqual([1, false]);
    expect(stderr).toContain("Others can write to");
  });

  it("is found in acc's own folder alone", async () => {
    await rm(kept(broken), { recursive: true });
    await mkdir(join(broken.path, "acc/providers/acme"), { recursive: true });
    await writeFile(join(broken.path, "acc/providers/acme/acc.json"), "{}");
    const { code } = await broken.acc(["chat", "-p", "acme", "hi"], {
      env: { XDG_DATA_HOME: "." },
    });
    expect(code).toBe(2);
  });
});

/** One run of the built acc in a folder. */
async function runIn(cwd: string, env: Readonly<Record<string, string>>) {
  const { spawnSync } = await import("node:child_process");
  const args = [accMain, "providers", "add", "acc-provider-acme", "--yes"];
  const { status } = spawnSync(process.execPath, args, { cwd, env: { HOME: home.path, ...env } });
  return { code: status };
}
