import { expect, test } from "vitest";
import { vendorNames } from "./names.ts";
import { breaches, type Manifest, type Package } from "./rules.ts";
import { published } from "./table.ts";

const entries = { ".": "", "./package.json": "" };

/** The seven packages, all in order, with one of them changed. */
function house(change: Partial<Manifest> & { name: string }, code = "export {};"): Package[] {
  return Object.keys(published).map((name) => ({
    manifest: {
      name,
      exports:
        name === "@acc/dual-mode" ? { ...entries, "./provider": "", "./testing": "" } : entries,
      ...(name === change.name ? change : {}),
    },
    sources: { "src/index.ts": name === change.name ? code : "export {};" },
  }));
}

const depends = (...names: string[]) => ({
  dependencies: Object.fromEntries(names.map((name) => [name, "*"])),
});

test("a house in order has no breach", () => {
  const code = `
    import { readFile } from "node:fs/promises";
    import manifest from "../package.json" with { type: "json" };
    import { chain } from "@acc/dual-mode";
    export { defineProvider } from "@acc/dual-mode/provider";
    // import "openai";
    const lazy = () => import("@anthropic-ai/sdk");
  `;
  const change = { name: "@acc/claude", ...depends("@acc/dual-mode", "@anthropic-ai/sdk") };
  expect(breaches(house(change, code))).toEqual([]);
});

const everyWay = [
  `import { x } from "@acc/groq";`,
  `import type { X } from "@acc/groq";`,
  `import "@acc/groq";`,
  `export * from "@acc/groq";`,
  `export { x } from "@acc/groq";`,
  `export type { X } from "@acc/groq";`,
  `const x = await import("@acc/groq");`,
  "const x = import(`@acc/groq`);",
  `type X = import("@acc/groq").X;`,
  `const x = require("@acc/groq");`,
  `const x = import.meta.resolve("@acc/groq");`,
];

test.each(everyWay)("a forbidden package is seen in: %s", (code) => {
  expect(breaches(house({ name: "@acc/cache" }, code))).toContain(
    "@acc/cache src/index.ts:1 may not import @acc/groq",
  );
});

const forbidden: [from: string, to: string][] = [
  ["@acc/secrets", "@acc/cache"],
  ["@acc/cache", "@acc/secrets"],
  ["@acc/cache", "@acc/dual-mode"],
  ["@acc/dual-mode", "@acc/claude"],
  ["@acc/dual-mode", "@acc/secrets/testing"],
  ["@acc/claude", "@acc/cache"],
  ["@acc/claude", "@acc/secrets"],
  ["@acc/claude", "@acc/gemini"],
  ["@acc/claude", "@acc/dual-mode/testing"],
  ["@acc/claude", "groq-sdk"],
  ["@acc/gemini", "@anthropic-ai/sdk"],
  ["@acc/groq", "openai"],
  ["@acc/dual-mode", "@anthropic-ai/sdk"],
  ["@acc/cli", "@google/generative-ai"],
];

test.each(forbidden)("%s may not import %s", (name, to) => {
  const code = `\nimport "${to}";`;
  expect(breaches(house({ name, ...depends(to) }, code))).toContain(
    `${name} src/index.ts:2 may not import ${to}`,
  );
});

test.each(["dependencies", "peerDependencies", "optionalDependencies", "devDependencies"])(
  "an arrow back is seen in %s",
  (kind) => {
    const change = { name: "@acc/dual-mode", [kind]: { "@acc/claude": "workspace:^" } };
    expect(breaches(house(change))).toEqual([
      "@acc/dual-mode package.json may not import @acc/claude",
    ]);
  },
);

test.each([
  [
    "@acc/cli",
    `import "@acc/cache/dist/key.js";`,
    "imports past the entries of @acc/cache: @acc/cache/dist/key.js",
  ],
  [
    "@acc/cli",
    `import "../../cache/src/index.ts";`,
    "leaves its package: ../../cache/src/index.ts",
  ],
  [
    "@acc/cli",
    `import data from "../../../package.json" with { type: "json" };`,
    "leaves its package: ../../../package.json",
  ],
  ["@acc/cache", `import "lru-cache";`, "imports what it does not declare: lru-cache"],
  ["@acc/cache", `import "@scope/name/deep";`, "imports what it does not declare: @scope/name"],
  ["@acc/cache", `import "fs";`, "imports what it does not declare: fs"],
  ["@acc/cache", `import "/opt/code.js";`, "imports by address: /opt/code.js"],
  ["@acc/cache", `import "data:text/javascript,1";`, "imports by address: data:text/javascript,1"],
  ["@acc/cache", "await import(name);", "imports a module whose name is computed"],
  ["@acc/cli", "await import(name);", "imports a module whose name is computed"],
])("%s: %s", (name, code, what) => {
  const change = { name, ...depends("@acc/cache") };
  expect(breaches(house(name === "@acc/cli" ? change : { name }, code))).toContain(
    `${name} src/index.ts:1 ${what}`,
  );
});

test("a development dependency counts as declared only where the build bundles it", () => {
  const change = { devDependencies: { zod: "*" } };
  const code = `import "zod/mini";`;
  expect(breaches(house({ name: "@acc/cache", ...change }, code))).toEqual([
    "@acc/cache src/index.ts:1 imports what it does not declare: zod",
  ]);
  expect(breaches(house({ name: "@acc/dual-mode", ...change }, code))).toEqual([]);
  expect(breaches(house({ name: "@acc/dual-mode" }, code))).toHaveLength(1);
  expect(breaches(house({ name: "@acc/cli", ...change }, code))).toEqual([]);
  expect(breaches(house({ name: "@acc/cli" }, code))).toHaveLength(1);
});

test("the published set and the entries of the core are fixed", () => {
  expect(breaches(house({ name: "@acc/groq", private: true }))).toEqual([
    "@acc/groq is not published",
  ]);
  expect(
    breaches([...house({ name: "" }), { manifest: { name: "@acc/more" }, sources: {} }]),
  ).toEqual(["@acc/more is not private"]);
  expect(
    breaches(house({ name: "@acc/dual-mode", exports: { ...entries, "./internal": "" } })),
  ).toEqual(["@acc/dual-mode has an entry that the design does not know: ./internal"]);
});

test.each([
  ["const x = 'Claude';", "a.ts:1 names a vendor: Claude"],
  ["\n// as OpenAI does", "a.ts:2 names a vendor: OpenAI"],
  [`if (provider.id === "other") run();`, `a.ts:1 branches on a provider: provider.id === "other"`],
  [
    `const x = "other" != reply.provider;`,
    `a.ts:1 branches on a provider: "other" != reply.provider`,
  ],
  ["switch (route.provider.id) {}", "a.ts:1 branches on a provider: switch (route.provider.id)"],
])("the core may not say: %s", (code, what) => {
  expect(vendorNames("a.ts", code)).toEqual([what]);
});

test("the core may compare what is not a provider's name", () => {
  const code = `if (mode === "cli" && provider.sdk !== undefined && a.id === b.id) run();`;
  expect(vendorNames("a.ts", code)).toEqual([]);
});
