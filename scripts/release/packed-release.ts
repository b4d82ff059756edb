import { type PackedPackage, packPackages } from "../pack-packages.ts";
import { run } from "./command.ts";

interface Manifest {
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What a release publishes, packed into a folder, each after those of ours that it needs. */
export function packRelease(folder: string): PackedPackage[] {
  const packed = packPackages(folder).map((one) => ({ one, manifest: manifestIn(one, folder) }));
  const waiting = packed.filter(({ manifest }) => manifest.private !== true);
  const names = new Set(waiting.map(({ one }) => one.name));
  const ordered: PackedPackage[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ manifest }) =>
      Object.keys(manifest.dependencies ?? {}).every(
        (name) => !names.has(name) || ordered.some((done) => done.name === name),
      ),
    );
    const [found] = waiting.splice(next, 1);
    if (next < 0 || found === undefined) throw new Error("The packages need each other in a ring.");
    ordered.push(found.one);
  }
  return ordered;
}

function manifestIn({ tarball }: PackedPackage, cwd: string): Manifest {
  return JSON.parse(run("tar", ["-xOzf", tarball, "package/package.json"], { cwd })) as Manifest;
}
