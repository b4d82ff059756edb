import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { circles, fileImports } from "./circles.ts";
import { readSources, root } from "./workspace.ts";

test.each(readdirSync(join(root, "packages")))("no files of %s import in a circle", (name) => {
  const imports = fileImports(readSources(`packages/${name}`, "src"));
  expect(imports.size).toBeGreaterThan(0);
  expect(circles(imports)).toEqual([]);
});

test.each([
  ["by values", `import { b } from "./b.ts";`],
  ["by types", `import type { B } from "./b.ts";`],
  ["by a type in place", `export type A = import("./b.ts").B;`],
  ["late", `export const load = () => import("./b.ts");`],
  ["by a re-export", `export * from "./b.ts";`],
])("a circle is seen that is closed %s", (_, code) => {
  const sources = {
    "src/index.ts": `import "./room/a.ts";`,
    "src/room/a.ts": code,
    "src/room/b.ts": `import { c } from "../c.ts";`,
    "src/c.ts": `export { a } from "./room/a.ts";`,
  };
  expect(circles(fileImports(sources))).toEqual([
    "src/room/a.ts > src/room/b.ts > src/c.ts > src/room/a.ts",
  ]);
});

test("two ways to one file are no circle", () => {
  const sources = {
    "src/a.ts": `import "./b.ts"; import "./c.ts";`,
    "src/b.ts": `import "./c.ts";`,
    "src/c.ts": `import "node:fs";`,
  };
  expect(circles(fileImports(sources))).toEqual([]);
});
