import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackages } from "./pack-packages.ts";

/** What a consumer's tools would find wrong in the packages, looked for in their tarballs. */
const linters = [
  (tarball: string) => ["publint", "run", tarball, "--strict"],
  (tarball: string) => ["attw", tarball, "--profile", "esm-only", "--format", "ascii"],
];

const folder = mkdtempSync(join(tmpdir(), "acc-packed-"));
try {
  for (const { name, tarball } of packPackages(folder)) {
    for (const linter of linters) {
      const [command = "", ...args] = linter(tarball);
      const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
      console.log(`${status === 0 ? "ok    " : "FAILED"}  ${name}  ${command}`);
      if (status === 0) continue;
      console.log(`${stdout}${stderr}`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
