import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { root } from "../steps/root.ts";
import { folder } from "./type-check.ts";

/** Runs the TypeScript blocks of documents, as the type check has written them, by the runner of Node. */
export function brokenSuites(documents: readonly string[]): string[] {
  return documents.flatMap((document) => {
    const place = join(folder, dirname(document));
    const blocks = readdirSync(place).filter((name) => name.startsWith(`${basename(document)}-`));
    if (blocks.length === 0) return [`${document} has no block that can be run`];
    return blocks.flatMap((block) => broken(join(place, block)));
  });
}

function broken(block: string): string[] {
  const home = mkdtempSync(join(tmpdir(), "acc-docs-"));
  const { NODE_V8_COVERAGE: _, ...inherited } = process.env;
  const env = { ...inherited, HOME: home, TSX_TSCONFIG_PATH: join(root, "tsconfig.json") };
  const args = ["--import", import.meta.resolve("tsx"), "--test", block];
  const { stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
  rmSync(home, { recursive: true, force: true });
  const passed = Number(/^\D+pass (\d+)$/m.exec(stdout)?.[1] ?? 0);
  if (passed > 1 && /^\D+fail 0$/m.test(stdout)) return [];
  return [`${block} does not pass by the runner of Node:\n${stdout}${stderr}`];
}
