import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { closureOf, sourcesOf } from "./closure-of.ts";
import { root } from "./dependency-rule/workspace.ts";

const packages = ["cache", "secrets", "dual-mode", "claude", "gemini", "groq", "openai", "ai-sdk"];

/** Each takes 1 to 10 ms to load on Node.js 20 (2026-11-29): more than a package of ours. */
const heavy = ["child_process", "crypto", "http", "https", "net", "readline", "sqlite", "tls"];

test.each(packages)("importing @acc/%s loads no heavy module of Node.js", (name) => {
  const entry = join(root, "packages", name, "dist/index.js");
  const program = `
    const before = new Set(process.moduleLoadList);
    await import(${JSON.stringify(entry)});
    console.log(JSON.stringify(process.moduleLoadList.filter((one) => !before.has(one))));
  `;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program]);
  const loaded = JSON.parse(String(printed)) as string[];
  expect(loaded.filter((one) => heavy.includes(one.replace("NativeModule ", "")))).toEqual([]);
});

/** Stores outside this machine, each a part of @acc/secrets that is imported by itself. */
const outside = ["aws", "command", "docker-helpers", "files", "gcp", "vault"];

test.each(outside)("importing @acc/secrets/%s loads nothing of the store of files", (name) => {
  const loaded = closureOf(join(root, "packages/secrets/dist/outside", `${name}.js`));
  expect(loaded.map(({ file }) => file)).not.toContain("index.js");
  expect(loaded.reduce((bytes, { text }) => bytes + text.length, 0)).toBeLessThan(60_000);
  expect(loaded.some(({ text }) => text.includes(wordsOfOutside))).toBe(true);
});

test("importing @acc/secrets loads nothing of the stores outside", () => {
  const loaded = closureOf(join(root, "packages/secrets/dist/index.js"));
  expect(loaded.filter(({ text }) => text.includes(wordsOfOutside))).toEqual([]);
});

/** The source of stores outside, of state over machines, of people who sign in. */
const forPlatformTeams =
  /secrets\/src\/(outside|programs)\/|dual-mode\/src\/shared\/|server\/src\/people\//;

test.each([...packages, "batch", "server"])(
  "importing @acc/%s loads nothing that platform teams alone use",
  (name) => {
    const sources = sourcesOf(join(root, "packages", name, "dist/index.js"));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => forPlatformTeams.test(source))).toEqual([]);
  },
);

test("what platform teams alone use is found where it is loaded", () => {
  const dist = join(root, "packages/dual-mode/dist");
  const [entry] = JSON.parse(
    readFileSync(join(root, "packages/dual-mode/package.json"), "utf8"),
  ).exports["./shared-state"].default.match(/[^/]+\.js$/);
  const found = sourcesOf(join(dist, entry));
  expect(found.filter((source) => forPlatformTeams.test(source)).length).toBeGreaterThan(3);
});

const ofPlatformTeams = ["@aws-sdk/", "redis", "ioredis", "jose", "openid-client"];

test("no package of ours brings what platform teams alone use: it is an optional peer at most", () => {
  const names = [...packages, "batch", "cli", "server"];
  for (const name of names) {
    const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest;
    const isTheirs = (one: string) => ofPlatformTeams.some((their) => one.startsWith(their));
    const brought = Object.keys({ ...dependencies, ...optionalDependencies }).filter(isTheirs);
    expect([name, brought]).toEqual([name, []]);
    for (const peer of Object.keys(peerDependencies).filter(isTheirs)) {
      expect(manifest.peerDependenciesMeta?.[peer]).toEqual({ optional: true });
    }
  }
});

/** What a cached `acc chat` does not use: it belongs into rare-file.cjs (rare-rooms.config.ts). */
const rare =
  /cli\/src\/(batch|complete|dialogue|doctor\/(?!can-be-asked)|line-editor|markdown|mcp|run\/|secrets|serve|templates|tools\/mcp)|node_modules\/(@anthropic-ai|@bomb\.sh|@clack|@cfworker|cli-table3|execa|groq-sdk|marked|openai)\/|secrets\/src\/(manager|stores|keys)/;

test("the program of acc holds what a cached answer takes, and little else", () => {
  const dist = join(root, "packages/cli/dist");
  const sourcesIn = (file: string) => sourcesOf(join(dist, file));
  expect(sourcesIn("run-program.cjs").filter((source) => rare.test(source))).toEqual([]);
  expect(sourcesIn("rare-file.cjs").filter((source) => rare.test(source)).length).toBeGreaterThan(
    90,
  );
  expect(statSync(join(dist, "run-program.cjs")).size).toBeLessThan(450_000);
});

test("no module of ours is built both into the program of acc and into its rare file", () => {
  const [program = [], others = []] = ["run-program.cjs", "rare-file.cjs"].map((file) => {
    const map = readFileSync(join(root, "packages/cli/dist", `${file}.map`), "utf8");
    const { sources } = JSON.parse(map) as { readonly sources: readonly string[] };
    return sources.filter((source) => /^\.\.\/(src|\.\.\/[\w-]+\/src)\//.test(source));
  });
  const twice = program.filter((source) => others.includes(source));
  expect(twice).toEqual(["../src/start/other-rooms.ts"]);
});

const wordsOfOutside = "serves values from memory";
