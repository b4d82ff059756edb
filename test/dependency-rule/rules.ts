import { posix } from "node:path";
import { importsOf } from "./imports.ts";
import { app, coreEntries, isSdk, published, sharedData } from "./table.ts";

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface Package {
  readonly manifest: Manifest;
  /** Sources by their path in the package. */
  readonly sources: Readonly<Record<string, string>>;
}

/** Every breach of the dependency rule in a set of packages, as sentences. */
export function breaches(packages: readonly Package[]): string[] {
  const exportsOf = new Map(packages.map((one) => [one.manifest.name, one.manifest.exports ?? {}]));
  return [
    ...setBreaches(packages.map((one) => one.manifest)),
    ...packages.flatMap(({ manifest }) => manifestBreaches(manifest)),
    ...packages.flatMap((one) =>
      Object.entries(one.sources).flatMap(([path, code]) =>
        importsOf(path, code).flatMap(({ specifier, line }) =>
          importBreaches(one.manifest, path, specifier, exportsOf).map(
            (what) => `${one.manifest.name} ${path}:${line} ${what}`,
          ),
        ),
      ),
    ),
  ];
}

function setBreaches(manifests: readonly Manifest[]): string[] {
  const open = manifests.filter((one) => !one.private).map((one) => one.name);
  const entries = Object.keys(
    manifests.find((one) => one.name === "@acc/dual-mode")?.exports ?? {},
  );
  return [
    ...open.filter((name) => !published[name]).map((name) => `${name} is not private`),
    ...Object.keys(published)
      .filter((name) => !open.includes(name))
      .map((name) => `${name} is not published`),
    ...entries
      .filter((entry) => !coreEntries.includes(entry))
      .map((entry) => `@acc/dual-mode has an entry that the design does not know: ${entry}`),
  ];
}

function manifestBreaches(manifest: Manifest): string[] {
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = manifest;
  const tests = published[manifest.name]?.tests ?? [];
  const tried = Object.keys(devDependencies ?? {}).filter((name) => !tests.includes(name));
  const names = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
  return [...new Set([...names, ...tried])]
    .map((name) => unreachable(manifest.name, name))
    .filter((what) => what !== undefined)
    .map((what) => `${manifest.name} package.json ${what}`);
}

function importBreaches(
  manifest: Manifest,
  path: string,
  specifier: string | undefined,
  exportsOf: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): string[] {
  if (specifier === undefined) {
    const isLoader = published[manifest.name]?.loaders?.includes(path);
    return isLoader ? [] : ["imports a module whose name is computed"];
  }
  if (specifier.startsWith("node:")) return [];
  if (/^\.\.?(\/|$)/.test(specifier)) {
    const target = posix.normalize(posix.join(posix.dirname(path), specifier));
    const isOutside = target.startsWith("..") && target !== sharedData;
    return isOutside ? [`leaves its package: ${specifier}`] : [];
  }
  if (/^(\/|[a-z]+:)/.test(specifier)) return [`imports by address: ${specifier}`];
  const name = packageName(specifier);
  if (name === manifest.name) return [];
  const found: string[] = [];
  if (!declared(manifest, name)) found.push(`imports what it does not declare: ${name}`);
  const reach = unreachable(manifest.name, specifier);
  if (reach) found.push(reach);
  const entries = exportsOf.get(name);
  const entry = `.${specifier.slice(name.length)}`;
  if (entries && !(entry in entries))
    found.push(`imports past the entries of ${name}: ${specifier}`);
  return found;
}

/** Says why a package may not reach a package or one of its entries. */
function unreachable(from: string, specifier: string): string | undefined {
  const reach = published[from] ?? app;
  const name = packageName(specifier);
  if (name.startsWith("@acc/")) {
    const open = reach.ours === "all" || reach.ours.includes(specifier);
    return open ? undefined : `may not import ${specifier}`;
  }
  return isSdk(name) && !reach.sdks.includes(name) ? `may not import ${name}` : undefined;
}

function declared(manifest: Manifest, name: string): boolean {
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = manifest;
  const bundled = published[manifest.name]?.bundled ?? [];
  const built = bundled === "all" || bundled.includes(name) ? devDependencies : {};
  return name in { ...dependencies, ...peerDependencies, ...optionalDependencies, ...built };
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
