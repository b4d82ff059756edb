#!/usr/bin/env node
import packageJson from "../package.json" with { type: "json" };
import { loadProgram } from "./start/load-program.ts";
import { importOutside } from "./start/require-outside.ts";

const { version } = packageJson;
const words = process.argv.slice(2);

if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  process.stdout.write(`${version}\n`);
} else {
  let settled = false;
  process.once("exit", () => {
    if (settled || process.exitCode !== undefined) return;
    process.stderr.write("acc: The command waited for something that never happened.\n");
    process.exitCode = 1;
  });
  void loadProgram("run-program", words[0])
    .runProgram(version, process.argv, importOutside, () => loadProgram("rare-file", words[0]))
    .then((code) => {
      settled = true;
      process.exitCode = code;
    });
}
