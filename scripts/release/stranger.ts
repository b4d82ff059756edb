import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { PackedPackage } from "../pack-packages.ts";
import { run } from "./command.ts";
import { npmEnv, type Strangers } from "./consumer.ts";

export const strangerName = "acc-provider-stranger";

/** Makes a provider as a stranger does, tests it, and publishes it to the strangers' registry. */
export function publishStranger(strangers: Strangers): PackedPackage {
  const cwd = join(strangers.folder, "stranger");
  mkdirSync(cwd);
  const place = { cwd, env: npmEnv(strangers) };
  const flags = ["--id", "stranger", "--cli", "stranger", "--yes"];
  run("npm", ["create", "--yes", "acc-provider@latest", "--", ".", ...flags], place);
  run("npm", ["install", "--no-audit", "--no-fund"], place);
  run("npm", ["test"], place);
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts"], place)) as {
    version: string;
    filename: string;
    files: { path: string }[];
  }[];
  if (packed === undefined) throw new Error("npm packed nothing.");
  const tarball = join(cwd, packed.filename);
  run("npm", ["publish", tarball, "--no-provenance"], place);
  const files = packed.files.map(({ path }) => path).sort();
  return { name: strangerName, version: packed.version, tarball, files };
}
