import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { entriesOf, importsFrom } from "../../test/packed/reachable.ts";
import type { PackedPackage } from "../pack-packages.ts";
import { root } from "../steps/root.ts";
import { run } from "./command.ts";

/**
 * Packed files that older builds left in dist: modules that no entry reaches, declarations without
 * their source. A build does not remove them, for a process may still run from them, and
 * turbo's cache brings them back.
 */
export function staleFiles(packed: readonly PackedPackage[]): string[] {
  return packed.flatMap(({ name, tarball, files }) => {
    const manifest = JSON.parse(run("tar", ["-xOzf", tarball, "package/package.json"], here));
    const folder = join(root, manifest.repository.directory);
    const reached = new Set<string>();
    importsFrom(entriesOf(manifest), (file) => {
      reached.add(file);
      return readFileSync(join(folder, file), "utf8");
    });
    return files
      .filter((file) =>
        file.endsWith(".d.ts")
          ? !existsSync(join(folder, file.replace(/^dist/, "src").replace(/\.d\.ts$/, ".ts")))
          : file.endsWith(".js") && !reached.has(file),
      )
      .map((file) => `${name} ${file}`);
  });
}

/** Refuses what is not one build alone: it would be published, and it would be weighed. */
export function refuseStale(packed: readonly PackedPackage[]): void {
  const stale = staleFiles(packed);
  if (stale.length === 0) return;
  const fix = "rm -r packages/*/dist && pnpm exec turbo run build --force";
  throw new Error(`Left by older builds:\n${stale.join("\n")}\nRemove them: ${fix}`);
}

const here = { cwd: root };
