import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startMockServer } from "../../../scripts/mock-server.ts";
import { type AccHome, emptyHome } from "./acc.ts";

let home: AccHome;
const env: Record<string, string> = {};

/** A home in which one question has been answered. */
beforeAll(async () => {
  home = await emptyHome();
  const server = await startMockServer();
  Object.assign(env, {
    ACC_CACHE_DIR: join(home.path, "cache"),
    ACC_SECRETS_KEY: "A".repeat(43),
    ANTHROPIC_API_KEY: "test-key-that-opens-nothing",
    ANTHROPIC_BASE_URL: server.url,
    NODE_V8_COVERAGE: join(home.path, "loaded"),
  });
  await home.acc(["chat", "-p", "claude", "hi"], { env });
  await server.close();
});
afterAll(() => home.remove());

/** The files that a command loaded, Node.js's own apart: V8 names each in its coverage. */
async function loadedBy(args: readonly string[]): Promise<readonly string[]> {
  const folder = env.NODE_V8_COVERAGE ?? "";
  await rm(folder, { recursive: true, force: true });
  const { code } = await home.acc(args, { env });
  expect(code).toBe(0);
  const reports = await readdir(folder);
  expect(reports).toHaveLength(1);
  const { result } = JSON.parse(await readFile(join(folder, reports[0] ?? ""), "utf8"));
  const urls = (result as { url: string }[]).map(({ url }) => url);
  return urls.filter((url) => url.startsWith("file:"));
}

/** The package that a file is of: one of ours by its folder here, another by node_modules. */
const packageOf = (url: string) =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(url)?.[1] ??
  /packages\/([^/]+)\/dist\//.exec(url)?.[1];

it.each([
  [["--version"], ["cli"]],
  [["config", "explain"], ["cli"]],
  [["complete", "zsh"], ["cli"]],
  [
    ["cache", "stats"],
    ["cache", "cli"],
  ],
  [
    ["secrets", "list"],
    ["cli", "secrets"],
  ],
  [
    ["chat", "-p", "claude", "hi"],
    ["cache", "claude", "cli", "dual-mode"],
  ],
])("acc %j loads no package that it does not use", async (args, packages) => {
  const loaded = await loadedBy(args);
  expect([...new Set(loaded.map(packageOf))].sort()).toEqual(packages);
});

it("loads one file to tell its version, and no engine and no mode for a kept answer", async () => {
  expect(await loadedBy(["--version"])).toHaveLength(1);
  for (const form of ["--json", "--stream-json"]) {
    const loaded = await loadedBy(["chat", "-p", "claude", form, "hi"]);
    expect(loaded.filter((url) => /first-call|mode-/.test(url))).toEqual([]);
  }
  const asking = await loadedBy(["models"]);
  expect(asking.filter((url) => /first-call|mode-/.test(url)).length).toBeGreaterThan(1);
});
