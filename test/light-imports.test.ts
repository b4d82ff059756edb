import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
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
const outside = ["aws", "command", "docker-helpers", "gcp", "vault"];

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

const wordsOfOutside = "serves values from memory";

/** A built file, and every file beside it that it imports at its start. */
function closureOf(entry: string): { readonly file: string; readonly text: string }[] {
  const paths = new Set([entry]);
  const found = [];
  for (const path of paths) {
    const text = readFileSync(path, "utf8");
    found.push({ file: basename(path), text });
    for (const [, to = ""] of text.matchAll(/^(?:import|export)\b[^;]*?['"](\.[^'"]+)['"];/gms)) {
      paths.add(join(dirname(path), to));
    }
  }
  return found;
}
