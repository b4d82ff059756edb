import { createRequire } from "node:module";

type ServerFile = typeof import("../server-file.ts");

let loaded: ServerFile | undefined;

/** The server, a file beside this program's; it shares the program's core. */
export async function loadServer(): Promise<ServerFile> {
  if (loaded !== undefined) return loaded;
  const core = await import("@acc/dual-mode");
  const requireHere = createRequire(import.meta.url);
  const make: (require: (id: string) => unknown) => ServerFile = requireHere("./server-file.cjs");
  loaded = make((id) => (id === "@acc/dual-mode" ? core : requireHere(id)));
  return loaded;
}
