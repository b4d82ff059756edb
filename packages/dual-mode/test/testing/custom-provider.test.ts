import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const folder = `${root}examples/custom-provider`;
const lines = (path: string) =>
  readFileSync(`${folder}/${path}`, "utf8").trimEnd().split("\n").length;

it("a provider is one source file of at most 60 lines and a test of at most 10", () => {
  expect(lines("src/index.ts")).toBeLessThanOrEqual(60);
  expect(lines("test/conformance.test.ts")).toBeLessThanOrEqual(10);
});

it.each(["src/index.ts", "test/conformance.test.ts"])("the guide holds %s as it is", (path) => {
  const guide = readFileSync(`${root}docs/write-a-provider.md`, "utf8");
  expect(guide).toContain(`\n${readFileSync(`${folder}/${path}`, "utf8")}\`\`\``);
});

it("the example keeps every rule, by the runner of Node", { timeout: 120_000 }, () => {
  const args = ["--import", import.meta.resolve("tsx"), "--test", "test/conformance.test.ts"];
  const { NODE_V8_COVERAGE: _, ...inherited } = process.env;
  const env = { ...inherited, TSX_TSCONFIG_PATH: `${root}tsconfig.json` };
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  expect(stdout).toMatch(/^# fail 0$/m);
  expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(80);
});
