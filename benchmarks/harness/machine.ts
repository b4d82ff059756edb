import { cpus, release, totalmem, type } from "node:os";

/** The machine in a line: processor, cores, memory, system, and what runs the benchmarks. */
export function machine(): string {
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  const { node, v8, sqlite } = process.versions;
  return [
    `${processor}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${type()} ${release()}`,
    `Node ${node} (V8 ${v8}, SQLite ${sqlite})`,
  ].join("; ");
}
