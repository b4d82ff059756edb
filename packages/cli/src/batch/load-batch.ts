import { createRequire } from "node:module";

type BatchFile = typeof import("../batch-file.ts");

/** What runs batches, a file next to this program's; it shares the program's core. */
export async function loadBatch(): Promise<BatchFile> {
  const core = await import("@acc/dual-mode");
  const requireHere = createRequire(import.meta.url);
  const make: (require: (id: string) => unknown) => BatchFile = requireHere("./batch-file.cjs");
  return make((id) => (id === "@acc/dual-mode" ? core : requireHere(id)));
}
