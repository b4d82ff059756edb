import { execFileSync } from "node:child_process";
import { join } from "node:path";
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
