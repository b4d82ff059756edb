import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { basicRules } from "../packages/cache/src/testing/basic-rules.ts";
import { capabilityRules } from "../packages/cache/src/testing/capability-rules.ts";
import { invalidationRules } from "../packages/cache/src/testing/invalidation-rules.ts";
import { leaseRules } from "../packages/cache/src/testing/lease-rules.ts";
import { persistenceRules } from "../packages/cache/src/testing/persistence-rules.ts";
import { provider as claude } from "../packages/claude/src/provider.ts";
import { loadModes } from "../packages/dual-mode/src/client/load-modes.ts";
import { allRules } from "../packages/dual-mode/src/testing/all-rules.ts";
import { provider as gemini } from "../packages/gemini/src/provider.ts";
import { provider as groq } from "../packages/groq/src/provider.ts";
import { provider as openai } from "../packages/openai/src/provider.ts";
import { readingRules } from "../packages/secrets/src/testing/reading-rules.ts";
import { vaultRules } from "../packages/secrets/src/testing/vault-rules.ts";
import { writingRules } from "../packages/secrets/src/testing/writing-rules.ts";
import { root } from "./dependency-rule/workspace.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");

/** The cells of a document's table rows, headings and rules among them. */
const rows = (markdown: string) =>
  markdown
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const quoted = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

test.each([
  ["The core", "packages/dual-mode/src/contract/code.ts", "Code"],
  ["Secrets", "packages/secrets/src/errors.ts", "SecretsErrorCode"],
  ["The cache", "packages/cache/src/error.ts", "CacheErrorCode"],
  ["Batches", "packages/batch/src/batch-error.ts", "BatchCode"],
])("docs/errors.md has under %s every code of %s, once, and no other", (heading, path, type) => {
  const [, union = ""] = new RegExp(`export type ${type} =([^;]+);`).exec(read(path)) ?? [];
  const codes = [...union.matchAll(/"([A-Z_]+)"/g)].map(([, code]) => code);
  const [, section = ""] = read("docs/errors.md").split(`\n## ${heading}\n`);
  const told = rows(section.split("\n## ")[0] ?? "").flatMap(([cell]) => quoted(cell));
  expect(codes.length).toBeGreaterThan(5);
  expect(told.sort()).toEqual(codes.sort());
});

test("docs/modes.md has in its table what each mode declares", async () => {
  const [, section = ""] = read("docs/modes.md").split("\n## What a mode cannot do\n");
  const table = rows(section.split("\n### ")[0] ?? "");
  const [, ...columns] = table[0] ?? [];
  const ofClaude = await loadModes({ ...claude, name: "claude" });
  const ofGemini = await loadModes({ ...gemini, name: "gemini" });
  const ofGroq = await loadModes({ ...groq, name: "groq" });
  const ofOpenAI = await loadModes({ ...openai, name: "openai" });
  const declared = {
    "Claude SDK": ofClaude.sdk,
    "Claude CLI": ofClaude.cli,
    "Gemini SDK": ofGemini.sdk,
    "Gemini CLI": ofGemini.cli,
    "Groq SDK": ofGroq.sdk,
    "Groq CLI": ofGroq.cli,
    "OpenAI SDK": ofOpenAI.sdk,
    "OpenAI CLI": ofOpenAI.cli,
  };
  expect(columns).toEqual(Object.keys(declared));
  const told = columns.map((_, index) =>
    table
      .filter((cells) => /^(yes|in part)$/.test(cells[index + 1] ?? ""))
      .flatMap(([cell]) => quoted(cell)),
  );
  expect(told.map((features) => features.sort())).toEqual(
    Object.values(declared).map((mode) => [...(mode?.supports ?? [])].sort()),
  );
});

/** Whether a row is a table's heading or the rule below it. */
const isHead = (cells: readonly string[]) =>
  /^(promise|attack)$/.test(cells[0] ?? "") || cells.every((cell) => /^-+$/.test(cell));

/** What a cell names: files of tests with titles in them, commands, and rules of the suite. */
function testsNamed(cell: string) {
  const files = [...cell.matchAll(/`([^`]+\.ts)`((?::|,) "[^"]+")*/g)].map(([all, path = ""]) => ({
    path,
    titles: [...all.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title),
  }));
  const commands = quoted(cell).flatMap((name) => /^pnpm (.+)$/.exec(name)?.[1] ?? []);
  const rules = [...cell.matchAll(/the rule "([^"]+)"/g)].map(([, name = ""]) => name);
  return { files, commands, rules };
}

/** The rules of the suites for providers, stores of secrets and stores of answers. */
const suites: readonly (readonly { readonly name: string }[])[] = [
  allRules,
  ...[readingRules, writingRules, vaultRules],
  ...[basicRules, capabilityRules, invalidationRules, leaseRules, persistenceRules],
];

/** A title as its source has it, in whichever quotes. */
const hasTitle = (source: string, title: string) =>
  [title, title.replaceAll("'", "\\'"), title.replaceAll("\\", "\\\\")].some((written) =>
    source.includes(written),
  );

test.each([
  ["What is promised", 20],
  ["Attacks that were tried", 20],
])("each row of docs/security.md under %s names tests that are there", (heading, least) => {
  const [, section = ""] = read("docs/security.md").split(`\n## ${heading}`);
  const told = rows(section.split("\n## ")[0] ?? "").filter((cells) => !isHead(cells));
  expect(told.length).toBeGreaterThanOrEqual(least);
  const { scripts } = JSON.parse(read("package.json"));
  const known = new Set(suites.flat().map(({ name }) => name));
  for (const cells of told) {
    const { files, commands, rules } = testsNamed(cells.at(-1) ?? "");
    expect(files.length + commands.length + rules.length, cells[0]).toBeGreaterThan(0);
    expect(commands.filter((name) => scripts[name] === undefined)).toEqual([]);
    expect(rules.filter((name) => !known.has(name))).toEqual([]);
    for (const { path, titles } of files) {
      expect(existsSync(join(root, path)), path).toBe(true);
      expect(titles.length, path).toBeGreaterThan(0);
      const source = read(path);
      expect(
        titles.filter((title) => !hasTitle(source, title)),
        path,
      ).toEqual([]);
    }
  }
});

const folders = readdirSync(join(root, "packages"));

test.each(folders)(
  "the README of %s says how it is installed, on what it runs, and where to read on",
  (folder) => {
    const { name, version, engines, exports } = JSON.parse(read(`packages/${folder}/package.json`));
    const readme = read(`packages/${folder}/README.md`);
    const [title, what, install, links] = readme.split("\n\n");
    expect(title).toBe(`# ${name}`);
    expect(what).toMatch(/^[^#|]+\.$/);
    expect(install).toMatch(/^(Install|Nothing to install): `npm /);
    expect(install?.includes("It is not on a registry yet")).toBe(version === "0.0.0");
    expect(links).toContain("[Guide](../../docs/guide/README.md)");
    expect(engines.node).toBe("^20.19.0 || ^22.12.0 || >=24.0.0");
    expect(install).toContain("Node.js 20.19, 22.12, 24 or later (`engines`).");
    if (exports["."] === undefined) {
      expect(install).toMatch(/`npm install -g @acc\/cli`|`npm create acc-provider`/);
      return;
    }
    expect(links).toContain("[API reference](src/index.ts)");
    expect(install).toContain(`Install: \`npm install ${name}\`.`);
    expect(install).toContain("ESM; `require()` works from Node.js 20.19.");
    expect(install).toContain("needs version 5.5 or later");
  },
);
