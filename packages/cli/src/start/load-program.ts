import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { keepCompiled, keptCompiled } from "./compiled-code.ts";
import { requireOutside } from "./require-outside.ts";

/** What the program's file exports. */
type Program = typeof import("../run-program.ts");

/**
 * Loads the program, one CommonJS file beside this one. V8 takes its compiled code from an earlier
 * start, where one has kept it: most of a start is otherwise the compiling.
 */
export function loadProgram(word = ""): Program {
  const path = join(__dirname, "run-program.cjs");
  const bytes = readFileSync(path);
  const source = { path, bytes, word };
  const compiled = keptCompiled(source);
  const script = new Script(bytes.toString(), {
    filename: path,
    ...(compiled && { cachedData: compiled }),
  });
  if (compiled === undefined || script.cachedDataRejected) {
    // At the end, for only then is compiled what the command has used.
    process.once("exit", (code) => {
      if (code === 0) keepCompiled(source, script);
    });
  }
  const module = {} as { exports: Program };
  script.runInThisContext()(module, requireOutside, path);
  return module.exports;
}
