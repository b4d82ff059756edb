import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { accMain } from "./acc.ts";
import { packagesScene } from "./provider-packages-scene.ts";

const scene = packagesScene();
const { add, left } = scene;

/** A package that could be a provider, but for what is wrong with it. */
const bad = (name: string, manifest: object, source: string) => ({
  "package.json": JSON.stringify({
    ...{ name, version: "1.0.0", type: "module", exports: "./index.js", license: "MIT" },
    ...manifest,
  }),
  "index.js": source,
});

describe("adding a package runs none of its scripts and takes nothing unsafe:", {
  timeout: 60_000,
}, () => {
  // openclaw/openclaw#11431, jackwener/OpenCLI#1753: an installation that ran what a plugin brought.
  it("scripts of the package are shown and not run", async () => {
    const mark = join(scene.home.path, "ran");
    const scripts = { preinstall: `touch ${mark}`, postinstall: `touch ${mark}` };
    scene.registry.publish(bad("acc-provider-scripts", { scripts }, "export const x = 1;"));
    await writeFile(join(scene.home.path, ".npmrc"), "ignore-scripts=false\n");
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
    scene.registry.publish(bad(name, { dependencies: { x: from } }, "export const x = 1;"));
    const run = await add(name, "--yes");
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("UNSAFE_PACKAGE")]);
    expect(run.stderr).toContain(`it wants x from ${from}`);
    expect(await left()).toEqual([]);
  });

  it("what a package brings may want nothing from elsewhere either", async () => {
    const repository = { dependencies: { x: "git+file:///nowhere/x.git" } };
    scene.registry.publish(bad("acc-provider-below", repository, "export const x = 1;"));
    const above = { dependencies: { "acc-provider-below": "1.0.0" } };
    scene.registry.publish(bad("acc-provider-above", above, "export const x = 1;"));
    const run = await add("acc-provider-above", "--yes");
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("comes from git")]);
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
    scene.registry.publish(bad(`acc-provider-${kind}`, {}, source));
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
    const project = join(scene.home.path, "project");
    await mkdir(join(project, ".git"), { recursive: true });
    await writeFile(join(project, ".npmrc"), "registry=http://127.0.0.1:9/\n");
    const fake = join(project, "npm");
    await writeFile(fake, "#!/bin/sh\ntouch ran\n");
    await chmod(fake, 0o755);
    const path = `${project}:.:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
    const run = await runIn(project, { ...scene.registry.env, PATH: path });
    expect([run.code, existsSync(join(project, "ran"))]).toEqual([0, false]);
  });

  // Yeachan-Heo/gajae-code#3821: npm hands its scripts what the .npmrc of a folder says.
  it("asks no registry that a script of npm's hands on", async () => {
    const { npm_config_userconfig: userconfig = "", ...rest } = scene.registry.env;
    await writeFile(join(scene.home.path, ".npmrc"), await readFile(userconfig, "utf8"));
    const handed = { npm_lifecycle_event: "start", npm_config_registry: "http://127.0.0.1:9/" };
    const env = { ...rest, ...handed };
    const run = await scene.home.acc(["providers", "add", "acc-provider-acme", "--yes"], { env });
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining("acme is added")]);
  });

  it("says so where there is no npm", async () => {
    const env = { PATH: "/nowhere", ACC_NPM_CLI: join(scene.home.path, "no-npm") };
    const { code, stderr } = await scene.home.acc(["providers", "add", "acc-provider-acme"], {
      env,
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining("ACC_NPM_CLI")]);
  });
});

/** One run of the built acc in a folder. */
async function runIn(cwd: string, env: Readonly<Record<string, string>>) {
  const { spawnSync } = await import("node:child_process");
  const args = [accMain, "providers", "add", "acc-provider-acme", "--yes"];
  const { status } = spawnSync(process.execPath, args, {
    cwd,
    env: { HOME: scene.home.path, ...env },
  });
  return { code: status };
}
