import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { keepCompiled, keptCompiled } from "./compiled-code.ts";
import { requireOutside } from "./require-outside.ts";

/** The files that are loaded in this way, and what each exports. */
interface Files {
  readonly "run-program": typeof import("../run-program.ts");
  readonly "rare-file": typeof import("../rare-file.ts");
}

/**
 * Loads a part of the program, a CommonJS file next to this one. V8 takes its compiled code from an
 * earlier start if that was cached: otherwise, compiling is most of a start.
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
    // At the end, when everything that the command has used is compiled.
    process.once("exit", (code) => {
      if (code === 0) keepCompiled(source, script);
    });
  }
  const module = {} as { exports: Files[K] };
  script.runInThisContext()(module, requireOutside, path);
  return module.exports;
}
