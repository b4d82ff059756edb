import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packPackages } from "../../../scripts/pack-packages.ts";

const folder = mkdtempSync(join(tmpdir(), "acc-made-"));
const maker = join(folder, "maker");
let tarballs: Map<string, string>;

beforeAll(() => {
  tarballs = new Map(packPackages(folder).map(({ name, tarball }) => [name, tarball]));
  mkdirSync(maker, { recursive: true });
  install(maker, ["create-acc-provider"]);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const core = ["@acc/dual-mode", "@acc/cache", "@acc/secrets"];

function run(cwd: string, command: string, ...args: string[]) {
  const ours = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) || /^npm_config_registry$/i.test(name),
  );
  const env = { ...Object.fromEntries(ours), npm_config_cache: join(folder, "npm-cache") };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

/** By npm, from tarballs, into what a folder's manifest asks for besides. */
function install(into: string, names: readonly string[]): void {
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier"];
  const files = names.map((name) => tarballs.get(name) ?? name);
  expect(run(into, "npm", "install", ...quiet, ...files)).toMatchObject({ status: 0 });
}

test.each([
  ["one without a key", []],
  ["one with a key", ["--key", "ACME_API_KEY"]],
  ["one with a key and a command", ["--key", "ACME_API_KEY", "--cli", "acme"]],
] as const)(
  "%s, made in an empty folder from what is published, builds and passes its tests",
  (_, flags) => {
    const made = mkdtempSync(join(folder, "acme-"));
    const command = join(maker, "node_modules/.bin/create-acc-provider");
    const args = ["--id", "acme", "--yes", ...flags];
    expect(run(made, command, ".", ...args)).toMatchObject({ status: 0 });
    install(made, core);
    expect(run(made, "npm", "run", "build")).toMatchObject({ status: 0 });
    const { status, output } = run(made, "npm", "test");
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(Number(/pass (\d+)/.exec(output)?.[1])).toBeGreaterThan(3);
    expect(output).toMatch(/fail 0/);
    expect(/: an exit code other than 0/.test(output)).toBe(flags.includes("--cli" as never));
    const types = readFileSync(join(made, "dist/index.d.ts"), "utf8");
    expect(types).not.toMatch(/\bany\b/);
  },
  120_000,
);
