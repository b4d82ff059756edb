import { execFileSync } from "node:child_process";

export interface NodeBinary {
  readonly name: string;
  readonly path: string;
}

/** The Node.js that runs the benchmarks, and the machine's own where it is another. */
export function nodes(): NodeBinary[] {
  const own = { name: `Node ${process.versions.node}`, path: process.execPath };
  const asked = ["-p", "JSON.stringify([process.versions.node, process.execPath])"];
  const said = execFileSync("node", asked, { encoding: "utf8" });
  const [version, path] = JSON.parse(said) as [string, string];
  const machines = { name: `Node ${version}`, path };
  return machines.name === own.name ? [own] : [own, machines];
}
