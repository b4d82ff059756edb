import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type AccHome, emptyHome } from "./acc.ts";
import { packagesScene } from "./provider-packages-scene.ts";
import { accLine, canDriveTerminal, Terminal } from "./terminal.ts";

const scene = packagesScene();
const { add, kept, left } = scene;

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
    const asked = await scene.home.acc(["chat", "-v", "-p", "acme", "hi"]);
    expect([asked.code, asked.stdout]).toEqual([0, "Hello you\n"]);
    expect(asked.stderr).toContain("→ acme sdk (none), m-1");
    const again = await scene.home.acc(["chat", "--json", "-p", "acme", "hi"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ provider: "acme", cached: true });
    const { stdout } = await scene.home.acc(["providers", "list", "--json"]);
    expect(JSON.parse(stdout).providers).toContainEqual({
      ...{ name: "acme", from: "package", package: "acc-provider-acme", version: "0.1.0" },
      ...{ integrity: expect.stringMatching(/^sha512-/), create: "createAcme", id: "acme" },
      ...{ installedAt: expect.any(String), publisher: expect.any(String) },
    });
    const completed = await scene.home.acc(["complete", "--", "chat", "--provider", ""]);
    expect(completed.stdout).toMatch(/^acme$/m);
    const checked = await scene.home.acc(["providers", "test", "acme"]);
    expect(checked.stdout).toMatch(/✓ sdk: a chat gives/);
    const removed = await scene.home.acc(["providers", "remove", "acme"]);
    expect([removed.code, await left()]).toEqual([0, []]);
    const gone = await scene.home.acc(["chat", "-p", "acme", "hi"]);
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('no provider "acme"')]);
  });

  it("is kept with exact versions and checksums, for its owner alone", async () => {
    const folder = join(kept(scene.withAcme), "acme");
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
    const run = await scene.home.acc(["chat", "--json", "-p", "boss", "hi"]);
    expect(JSON.parse(run.stdout).provider).toBe("boss");
    expect((await add("mine", "--like", "boss", "--model", "other-1")).code).toBe(0);
    const { stdout } = await scene.home.acc(["chat", "--json", "-p", "mine", "hi"]);
    expect(JSON.parse(stdout).provider).toBe("mine");
    expect(JSON.parse(scene.server.requests.at(-1)?.body ?? "").model).toBe("other-1");
    const inUse = await scene.home.acc(["providers", "remove", "boss"]);
    expect([inUse.code, inUse.stderr]).toEqual([2, expect.stringContaining("providers.mine")]);
  });

  it("is shown, and not added, where nobody says yes", async () => {
    const run = await add("acc-provider-acme");
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(/published by[\s\S]*\(NOT_CONFIRMED\)/);
    expect(await left()).toEqual([]);
  });

  it("leaves nothing behind where it is interrupted", async () => {
    const run = await scene.home.acc(["providers", "add", "acc-provider-acme", "--yes"], {
      env: scene.registry.env,
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
      const env = { ...scene.registry.env, HOME: other.path };
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

describe("a package that fails later closes itself and nothing else", () => {
  let broken: AccHome;
  beforeEach(async () => {
    broken = scene.home;
    const folder = join(kept(broken), "acme");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const record = { package: "acc-provider-acme", version: "0.1.0", integrity: "sha512-x" };
    const made = { create: "createAcme", id: "acme", installedAt: "2026-11-29T00:00:00Z" };
    await writeFile(join(folder, "acc.json"), JSON.stringify({ ...record, ...made }));
    await writeFile(join(folder, "provider.mjs"), "throw new Error('broken today');");
  });

  // simonw/llm#875, simonw/llm-replicate#26: no command worked any more, not even the removal.
  it("is told, passed over, and can be removed", async () => {
    const key = { GROQ_API_KEY: "key-that-opens-nothing", GROQ_BASE_URL: scene.server.url };
    const doctor = await broken.acc(["doctor", "--json"], { env: key });
    expect([doctor.code, JSON.parse(doctor.stdout).findings]).toEqual([
      0,
      [expect.objectContaining({ code: "PROVIDER_NOT_LOADED" })],
    ]);
    const named = await broken.acc(["chat", "-p", "acme", "hi"]);
    expect([named.code, named.stderr]).toEqual([1, expect.stringContaining("broken today")]);
    const any = await broken.acc(["chat", "hi"], { env: key });
    expect([any.code, any.stdout]).toEqual([0, "Hello you\n"]);
    expect(any.stderr).toContain("acme is skipped");
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
