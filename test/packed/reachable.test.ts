import { expect, test } from "vitest";
import { entriesOf, importsFrom } from "./reachable.ts";

test("the entries of a package are its exports and its commands", () => {
  const exports = {
    ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./package.json": "./package.json",
  };
  expect(entriesOf({ exports, bin: { command: "./dist/main.js" } })).toEqual([
    "dist/index.d.ts",
    "dist/index.js",
    "dist/main.js",
  ]);
});

test("imports are followed from the entries, those of types to the declarations", () => {
  const files: Record<string, string> = {
    "dist/index.js": `import { a } from "./deep/a.js"; export { a };`,
    "dist/deep/a.js": `export const a = () => import("lazy");`,
    "dist/index.d.ts": `export { a } from "./deep/a.ts";`,
    "dist/deep/a.d.ts": `export declare const a: import("typed").A;`,
    "dist/alone.js": `import "never";`,
  };
  const read = (file: string) => files[file] ?? expect.unreachable(file);
  expect(importsFrom(["dist/index.js", "dist/index.d.ts"], read)).toEqual([
    { file: "dist/deep/a.js", specifier: "lazy" },
    { file: "dist/deep/a.d.ts", specifier: "typed" },
  ]);
});
