import { createRequire } from "node:module";

/** Loads a file next to the program's. The file exports a function that takes `require`. */
export function loadBeside<T>(file: string, given: Readonly<Record<string, unknown>> = {}): T {
  const requireHere = createRequire(import.meta.url);
  const make: (require: (id: string) => unknown) => T = requireHere(file);
  return make((id) => (Object.hasOwn(given, id) ? given[id] : requireHere(id)));
}
