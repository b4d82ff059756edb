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

it("a mode of one's own is one source file of at most 60 lines, and the guide holds it", () => {
  const guide = readFileSync(`${root}docs/write-a-provider.md`, "utf8");
  for (const name of ["provider.ts", "provider.test.ts"]) {
    const text = readFileSync(`${root}examples/own-mode/${name}`, "utf8");
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
    expect(guide).toContain(`\n${text}\`\`\``);
  }
});

it.each([
  [folder, "test/conformance.test.ts", 80],
  [`${root}examples/own-mode`, "provider.test.ts", 45],
])(
  "the example %s keeps every rule, by the runner of Node",
  { timeout: 300_000 },
  (cwd, file, least) => {
    const args = ["--import", import.meta.resolve("tsx"), "--test", file];
    const { NODE_V8_COVERAGE: _, ...inherited } = process.env;
    const env = { ...inherited, TSX_TSCONFIG_PATH: `${root}tsconfig.json` };
    const { stdout } = spawnSync(process.execPath, args, { cwd, env, encoding: "utf8" });
    expect(stdout).toMatch(/^# fail 0$/m);
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(least);
  },
);
