import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkBytes, checkFiles, checkImports, checkTypes, entriesOf, foreign } from "./checks.ts";

function consumerWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "acc-checks-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

const exports = JSON.stringify({ type: "module", exports: { ".": "./index.js" } });

test("another provider or its SDK is found, however deep", () => {
  const folder = consumerWith({
    "@acc/claude/package.json": "{}",
    "@acc/claude/node_modules/@acc/groq/package.json": "{}",
    ".pnpm/groq-sdk@1.0.0/node_modules/groq-sdk/package.json": "{}",
  });
  expect(foreign(folder, ["@acc/claude"]).sort()).toEqual(["@acc/groq", "groq-sdk"]);
});

test("a file that did not arrive is found, and one that was not packed", () => {
  const folder = consumerWith({ "some/package.json": "{}", "some/more.js": "" });
  expect(checkFiles(folder, "some", ["more.js", "package.json"])).toBe(2);
  expect(() => checkFiles(folder, "some", ["package.json"])).toThrow("not packed: more.js");
  const packed = ["gone.js", "more.js", "package.json"];
  expect(() => checkFiles(folder, "some", packed)).toThrow("did not arrive: gone.js");
});

test("a package that arrived with other bytes than were packed is found", () => {
  const folder = consumerWith({ "some/package.json": "{}", "some/more.js": "ü" });
  const tarball = join(folder, "some.tgz");
  spawnSync("tar", ["-czf", tarball, "-C", join(folder, "node_modules"), "some"]);
  expect(() => checkBytes(4, tarball)).not.toThrow();
  expect(() => checkBytes(3, tarball)).toThrow("holds 4 bytes; 3 arrived");
});

test("a package that pnpm links is looked into", () => {
  const folder = consumerWith({ ".pnpm/some@1.0.0/node_modules/some/package.json": "{}" });
  symlinkSync(".pnpm/some@1.0.0/node_modules/some", join(folder, "node_modules/some"), "junction");
  expect(checkFiles(folder, "some", ["package.json"])).toBe(2);
});

test("a entry that does not open, or holds nothing, is found", () => {
  const good = consumerWith({
    "some/package.json": exports,
    "some/index.js": "export const a = 1",
  });
  expect(entriesOf(good, "some")).toEqual(["some"]);
  expect(() => checkImports(good, ["some"])).not.toThrow();
  const empty = consumerWith({ "some/package.json": exports, "some/index.js": "" });
  expect(() => checkImports(empty, ["some"])).toThrow("some exports nothing");
  expect(() => checkImports(empty, ["other"])).toThrow("ERR_MODULE_NOT_FOUND");
});

test("types that are missing, or any, are found", () => {
  const folder = consumerWith({
    "some/package.json": exports,
    "some/index.js": "export const a = 1",
    "some/index.d.ts": "export const a: number;",
  });
  const program = (line: string) => `import { a } from "some";\n${line}`;
  expect(() => checkTypes(folder, program("export const b: number = a;"))).not.toThrow();
  expect(() => checkTypes(folder, program("export const b: string = a;"))).toThrow("TS2322");
  writeFileSync(join(folder, "node_modules/some/index.d.ts"), "export const a: any;");
  const line = "// @ts-expect-error\nexport const b: string = a;";
  expect(() => checkTypes(folder, program(line))).toThrow("TS2578");
});
