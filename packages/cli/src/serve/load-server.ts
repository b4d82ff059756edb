import { loadBeside } from "../start/load-beside.ts";

type ServerFile = typeof import("../server-file.ts");

let loaded: ServerFile | undefined;

/** Loads the server from a file next to this program; it shares the program's core. */
export async function loadServer(): Promise<ServerFile> {
  const core = await import("@acc/dual-mode");
  loaded ??= loadBeside<ServerFile>("./server-file.cjs", { "@acc/dual-mode": core });
  return loaded;
}
