import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startMockServer } from "../../../scripts/mock-server.ts";
import { type AccHome, emptyHome, testKey } from "./acc.ts";
import { sourcesRun } from "./functions-run.ts";

let home: AccHome;
const env: Record<string, string> = {};

/** A home in which one question has been answered. */
beforeAll(async () => {
  home = await emptyHome();
  const server = await startMockServer();
  Object.assign(env, {
    ACC_CACHE_DIR: join(home.path, "cache"),
    ACC_SECRETS_KEY: "A".repeat(43),
    ANTHROPIC_API_KEY: testKey,
    ANTHROPIC_BASE_URL: server.url,
    NODE_DISABLE_COMPILE_CACHE: "1",
    NODE_V8_COVERAGE: join(home.path, "ran"),
  });
  await home.acc(["chat", "-p", "claude", "hi"], { env });
  await server.close();
});
afterAll(() => home.remove());

/** The sources of what a command ran of the program's file, by the coverage that V8 takes. */
async function ranBy(args: readonly string[]): Promise<readonly string[]> {
  const folder = env.NODE_V8_COVERAGE ?? "";
  await rm(folder, { recursive: true, force: true });
  const { code } = await home.acc(args, { env });
  expect(code).toBe(0);
  return sourcesRun(folder);
}

/** The package that a source is of: one of ours by its folder here, another by node_modules. */
const packageOf = (source: string) =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(source)?.[1] ??
  /packages\/([^/]+)\/src\//.exec(source)?.[1];

const always = ["cli", "commander"];
/** What every command of ours does first: it sees to its output, and looks for what it has compiled. */
const atTheStart =
  /(dual-mode\/src\/kit\/end-with-stdout|cache\/src\/(error|directory|store\/(directory|compiled-folder|own-file|own-place|machine-key)))\.ts$/;
const table = [
  ...["cli-table3", "string-width", "strip-ansi"],
  ...["ansi-regex", "emoji-regex", "is-fullwidth-code-point"],
  // Cells are broken and measured before the table is drawn: it would cut them.
  ...["fast-string-truncated-width", "fast-string-width"],
];
/** Of secrets the redaction, which the core has of it. */
const keptAnswer = ["cache", "claude", "dual-mode", "lru-cache", "secrets", "zod"];

it.each([
  [["config", "explain"], table],
  [["complete", "zsh"], ["@bomb.sh/tab"]],
  [
    ["cache", "stats"],
    ["cache", "lru-cache", ...table],
  ],
  [["secrets", "list"], ["secrets"]],
  [["chat", "-p", "claude", "hi"], keptAnswer],
])("acc %j runs nothing of a package that it does not use", async (args, packages) => {
  const ran = (await ranBy(args)).filter((source) => !atTheStart.test(source));
  expect([...new Set(ran.map(packageOf))].sort()).toEqual([...always, ...packages].sort());
});

it("tells its version without the program", async () => {
  expect(await ranBy(["--version"])).toEqual([]);
});

it("runs no engine, no mode and no other command for a kept answer", async () => {
  const others =
    /first-call|engine\/run-|\/(sdk|cli)\/mode|cli\/src\/(doctor\/doctor|secrets|models)/;
  for (const form of ["--json", "--stream-json"]) {
    const ran = await ranBy(["chat", "-p", "claude", form, "hi"]);
    expect(ran.filter((source) => others.test(source))).toEqual([]);
  }
  expect((await ranBy(["models"])).filter((source) => others.test(source))).not.toEqual([]);
});
