import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./dependency-rule/workspace.ts";
import { anyIn } from "./published-types/any.ts";
import { exportedBy } from "./published-types/exported.ts";

interface Entry {
  readonly types?: string;
}

describe.each(readdirSync(join(root, "packages")))("the types of packages/%s", (name) => {
  const folder = join(root, "packages", name);
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const manifest = JSON.parse(read("package.json")) as { exports: Record<string, Entry | string> };
  const entries = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === "object" && entry.types ? [posix.normalize(entry.types)] : [],
  );

  test("hold no any", () => {
    const files = readdirSync(join(folder, "dist"), { recursive: true, encoding: "utf8" })
      .map((file) => posix.join("dist", file.replaceAll("\\", "/")))
      .filter((file) => file.endsWith(".d.ts"));
    // Nobody imports a package that is a command alone.
    if (entries.length > 0) expect(files).not.toEqual([]);
    expect(files.flatMap((file) => anyIn(file, read(file)))).toEqual([]);
  });

  test.each(entries)("say of every export of %s what it is", (entry) => {
    const exported = exportedBy(entry, read);
    expect(exported).not.toEqual([]);
    const silent = exported.filter(({ documented }) => !documented);
    expect(silent.map(({ name, at }) => `${name}, ${at}`)).toEqual([]);
  });
});

describe("what is looked for is found", () => {
  const files: Readonly<Record<string, string>> = {
    "index.d.ts": `
      export { a, type B as C } from "./one.ts";
      export * from "./two.js";
      export type * from "@acc/elsewhere";
      export { E } from "elsewhere";
      export { D };
      import { D } from "./one.ts";`,
    "one.d.ts": `
      /** Says what a is. */
      export declare const a: string;
      // Says it where no tool reads it.
      export interface B {}
      declare class D {}
      export { D };`,
    "two.d.ts": `
      /** Says it of f. */
      export declare function f(): void;
      /** Says it of nothing. */

      export type { G };
      type G = string;`,
  };

  test("every export is followed to its declaration, and to the comment on it", () => {
    const found = exportedBy("index.d.ts", (file) => files[file] ?? "");
    expect(found).toEqual([
      { name: "a", at: "one.d.ts:3", documented: true },
      { name: "C", at: "one.d.ts:5", documented: false },
      { name: "f", at: "two.d.ts:3", documented: true },
      { name: "G", at: "two.d.ts:7", documented: false },
      { name: "D", at: "one.d.ts:6", documented: false },
    ]);
  });

  test.each([
    "export declare const a: any;",
    "export type A = readonly Record<string, any>[];",
    "export declare function f<T = any>(a: T): void;",
  ])("%s", (code) => {
    expect(anyIn("a.d.ts", code)).toEqual(["a.d.ts:1"]);
  });

  test("but not the word in a comment or a name", () => {
    expect(anyIn("a.d.ts", "/** any */ export declare const any: unknown;")).toEqual([]);
  });
});
