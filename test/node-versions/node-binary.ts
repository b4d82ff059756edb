import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The binary of another Node.js line, of a package of the registry. They live in this folder and
 * not at the root, where their `node` would stand in front of the one that runs the scripts.
 * Undefined on a platform that has none; in CI its absence is an error.
 */
export function nodeBinary(line: 22 | 24 | 26): string | undefined {
  const path = fileURLToPath(new URL(`./node_modules/node-${line}/bin/node`, import.meta.url));
  if (existsSync(path)) return path;
  if (process.env.CI) throw new Error(`Node.js ${line} is missing: pnpm install brings it`);
  return undefined;
}

/** This Node.js and the other lines that are installed, each with its name. */
export function everyNode(): (readonly [name: string, path: string])[] {
  const others = ([22, 24, 26] as const).flatMap((line) => {
    const path = nodeBinary(line);
    return path ? [[`Node.js ${line}`, path] as const] : [];
  });
  return [["this Node.js", process.execPath], ...others];
}
