#!/usr/bin/env node
import { readFileSync } from "node:fs";
import module from "node:module";

const manifest = new URL("../package.json", import.meta.url);
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
const words = process.argv.slice(2);

if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  process.stdout.write(`${version}\n`);
} else {
  if ("enableCompileCache" in module) (await import("./compile-cache.ts")).keepCompiledCode();
  const { runProgram } = await import("./run-program.ts");
  process.exitCode = await runProgram(version, process.argv);
}
