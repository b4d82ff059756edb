import { join } from "node:path";
import { expect, test } from "vitest";
import { closureOf, sourcesOf } from "./closure-of.ts";
import { root } from "./dependency-rule/workspace.ts";

const distOf = (name: string) => join(root, "packages", name, "dist");
const core = distOf("dual-mode");

/** Modes, and what they are made of: what talks to vendors and what runs commands. */
const ofModes = /dual-mode\/src\/(cli|foreign|http|kit)\/|\/src\/(sdk|cli)\/mode\.ts$/;

test.each(["claude", "gemini", "groq", "openai"])(
  "importing @acc/%s loads one file of it, no mode and nothing of what modes are made of",
  (name) => {
    const entry = join(distOf(name), "index.js");
    const files = closureOf(entry);
    expect(files).toHaveLength(1);
    const named = files.flatMap(({ text }) => [...text.matchAll(/from ['"](@.+?)['"]/g)]);
    expect(new Set(named.map(([, to]) => to))).toEqual(new Set(["@acc/dual-mode/define-provider"]));
    expect(sourcesOf(entry).filter((source) => ofModes.test(source))).toEqual([]);
  },
);

test.each(["index.js", "define-provider.js"])("the core's %s holds nothing of modes", (entry) => {
  const sources = sourcesOf(join(core, entry));
  expect(sources).toContain(join(root, "packages/dual-mode/src/client/create-client.ts"));
  expect(sources.filter((source) => ofModes.test(source))).toEqual([]);
});

test("each entry of the core is one file beside its own, and what modes are made of another", () => {
  const files = (entry: string) => closureOf(join(core, entry)).length;
  expect(["index.js", "define-provider.js", "provider.js"].map(files)).toEqual([2, 2, 3]);
  expect(sourcesOf(join(core, "provider.js")).some((source) => ofModes.test(source))).toBe(true);
});
