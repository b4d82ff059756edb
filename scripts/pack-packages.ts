import { spawnSync } from "node:child_process";
import { root } from "./steps/root.ts";

/** A published package as its tarball. */
export interface PackedPackage {
  readonly name: string;
  readonly version: string;
  readonly tarball: string;
  readonly files: readonly string[];
}

/** Packs every package of packages/ into a folder, as a release would. */
export function packPackages(folder: string): PackedPackage[] {
  const pnpm = ["-y", "pnpm@12.21.0", "--recursive", "--filter", "./packages/*"];
  const args = [...pnpm, "pack", "--json", "--pack-destination", folder];
  const { status, stdout, stderr } = spawnSync("npx", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`pnpm pack failed:\n${stdout}${stderr}`);
  const packed = JSON.parse(stdout) as {
    name: string;
    version: string;
    filename: string;
    files: { path: string }[];
  }[];
  return packed.map(({ name, version, filename, files }) => ({
    name,
    version,
    tarball: filename,
    files: files.map(({ path }) => path).sort(),
  }));
}
