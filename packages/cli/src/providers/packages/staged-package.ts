import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { packagesFolder } from "./data-folder.ts";
import { entryName } from "./installed.ts";
import { type PackageFacts, packageFacts } from "./package-facts.ts";
import type { PackageSpec } from "./package-spec.ts";
import { type LockedPackage, lockedPackages } from "./read-lock.ts";
import { runNpm } from "./run-npm.ts";
import { unsafePackage } from "./unsafe-package.ts";

/** A package that was looked up. Nothing but the registry's data has been fetched yet. */
export interface StagedPackage {
  readonly facts: PackageFacts;
  readonly brings: readonly LockedPackage[];
  /** The folder into which it is fetched, next to the other packages. */
  readonly folder: string;
}

const prefix = ".staged-";

/** The age at which leftovers of an interrupted run are removed, in ms. */
const oldest = 3_600_000;

/** Runs with a folder for one package, which is removed afterwards unless it was moved. */
export async function withStage<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const parent = packagesFolder();
  if (parent === undefined) {
    const fix = "Set HOME, or XDG_DATA_HOME, to a folder of yours.";
    throw new Failure("NO_HOME", "There is no home folder to keep a package in.", fix);
  }
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await removeLeftovers(parent);
  const folder = await mkdtemp(join(parent, prefix));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Looks up a package and all that it brings, and pins them by version and checksum. */
export async function stagePackage(
  spec: PackageSpec,
  folder: string,
  signal: AbortSignal,
): Promise<StagedPackage> {
  const facts = await packageFacts(spec, folder, signal);
  const { name, version } = facts;
  const manifest = { private: true, type: "module", dependencies: { [name]: version } };
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await runNpm(["install", "--package-lock-only", "--engine-strict"], folder, signal);
  const lock = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8"));
  return { facts, brings: lockedPackages(lock, facts), folder };
}

/** Fetches the pinned package; npm refuses anything with another checksum. */
export async function fetchPackage(
  { facts, folder }: StagedPackage,
  signal: AbortSignal,
): Promise<void> {
  await runNpm(["ci", "--engine-strict"], folder, signal);
  const manifest = join(folder, "node_modules", facts.name, "package.json");
  const { name, version } = JSON.parse(await readFile(manifest, "utf8")) as PackageFacts;
  if (name !== facts.name || version !== facts.version) {
    throw unsafePackage(facts.name, `npm installed ${name} ${version} in its place`);
  }
  await writeFile(join(folder, entryName), `export * from ${JSON.stringify(facts.name)};\n`, {
    mode: 0o600,
  });
}

async function removeLeftovers(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => join(parent, name))) {
    const { mtimeMs } = existsSync(folder) ? await stat(folder) : { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > oldest) await rm(folder, { recursive: true, force: true });
  }
}
