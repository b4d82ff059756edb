import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { keepCompiled, keptCompiled } from "./compiled-code.ts";
import { requireOutside } from "./require-outside.ts";

/** The files that are loaded so, and what each exports. */
interface Files {
  readonly "run-program": typeof import("../run-program.ts");
  readonly "rare-file": typeof import("../rare-file.ts");
}

/**
 * Loads a part of the program, a CommonJS file next to this one. V8 takes its compiled code from an
 * earlier start, where one has kept it: most of a start is otherwise the compiling.
 */
export function loadProgram<K extends keyof Files>(name: K, word = ""): Files[K] {
  const path = join(__dirname, `${name}.cjs`);
  const bytes = readFileSync(path);
  const source = { path, bytes, word };
  const compiled = keptCompiled(source);
  const script = new Script(bytes.toString("latin1"), {
    filename: path,
    ...(compiled && { cachedData: compiled }),
  });
  if (compiled === undefined || script.cachedDataRejected) {
    // At the end, for only then is compiled what the command has used.
    process.once("exit", (code) => {
      if (code === 0) keepCompiled(source, script);
    });
  }
  const module = {} as { exports: Files[K] };
  script.runInThisContext()(module, requireOutside, path);
  return module.exports;
}
