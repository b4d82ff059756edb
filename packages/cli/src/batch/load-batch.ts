import { createRequire } from "node:module";

type BatchFile = typeof import("../batch-file.ts");

/** Loads the batch code from a file next to this program; it shares the program's core. */
export async function loadBatch(): Promise<BatchFile> {
  const core = await import("@acc/dual-mode");
  const requireHere = createRequire(import.meta.url);
  const make: (require: (id: string) => unknown) => BatchFile = requireHere("./batch-file.cjs");
  return make((id) => (id === "@acc/dual-mode" ? core : requireHere(id)));
}
