#!/usr/bin/env node
import module from "node:module";
import packageJson from "../package.json" with { type: "json" };

const { version } = packageJson;
const words = process.argv.slice(2);

if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  process.stdout.write(`${version}\n`);
} else {
  if ("enableCompileCache" in module) (await import("./compile-cache.js")).keepCompiledCode();
  const { runProgram } = await import("./run-program.js");
  process.exitCode = await runProgram(version, process.argv);
}
