import { isMembers } from "@acc/dual-mode/provider";
import { Failure } from "../../failure.ts";
import type { PackageSpec } from "./package-spec.ts";
import { foreignDependency } from "./registry-range.ts";
import { runNpm } from "./run-npm.ts";
import { unsafePackage } from "./unsafe-package.ts";

/** The registry's data about one version of a package. */
export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  readonly tarball: string;
  /** Who published this version, or who may, according to the registry. */
  readonly publisher: string;
  readonly published?: string;
  readonly description?: string;
  readonly licence?: string;
  readonly repository?: string;
  readonly deprecated?: string;
  /** Whether the registry has a signed statement of where it was built. */
  readonly attested: boolean;
  /** The files that run when the provider is asked. */
  readonly entries: readonly string[];
  /** Its commands, which are not put on PATH. */
  readonly commands: readonly string[];
  /** Its installation scripts, which are not run. */
  readonly scripts: Readonly<Record<string, string>>;
}

/** @throws Failure if the registry has no such version, or its data cannot be used */
export async function packageFacts(
  { name, version }: PackageSpec,
  cwd: string,
  signal: AbortSignal,
): Promise<PackageFacts> {
  const said = await runNpm(["view", `${name}@${version}`], cwd, signal);
  // For a range, npm prints every version in it, the newest last.
  return factsIn(Array.isArray(said) ? said.at(-1) : said, { name, version });
}

/** @throws Failure if the document is of another package, or of one that cannot be added safely */
export function factsIn(document: unknown, { name, version }: PackageSpec): PackageFacts {
  if (!isMembers(document)) throw notFound(name, version);
  const dist = isMembers(document.dist) ? document.dist : {};
  const { version: exact = "", repository } = document;
  const { integrity, tarball = "" } = dist;
  if (document.name !== name || !/^\d+\.\d+\.\d+/.test(String(exact)))
    throw notFound(name, version);
  if (typeof integrity !== "string" || !/^sha(512|384|256)-/.test(integrity))
    throw unsafePackage(name, "the registry names no checksum of it");
  const foreign = foreignDependency(document);
  if (foreign !== undefined) throw unsafePackage(name, `it wants ${foreign}`);
  const scripts = isMembers(document.scripts) ? document.scripts : {};
  const time = isMembers(document.time) ? document.time[String(exact)] : undefined;
  return {
    name,
    version: String(exact),
    integrity,
    tarball: String(tarball),
    publisher: publisherOf(document),
    ...textOf("published", time),
    ...textOf("description", document.description),
    ...textOf("licence", document.license),
    ...textOf("repository", isMembers(repository) ? repository.url : repository),
    ...textOf("deprecated", document.deprecated),
    attested: isMembers(dist.attestations),
    entries: entriesOf(document),
    commands: commandsOf(document),
    scripts: Object.fromEntries(
      ["preinstall", "install", "postinstall"].flatMap((each) =>
        typeof scripts[each] === "string" ? [[each, scripts[each]]] : [],
      ),
    ),
  };
}

type Document = Readonly<Record<string, unknown>>;

function textOf<Name extends string>(
  name: Name,
  value: unknown,
): { readonly [N in Name]?: string } {
  return (typeof value === "string" && value !== "" ? { [name]: value } : {}) as {
    readonly [N in Name]?: string;
  };
}

function publisherOf({ _npmUser, maintainers }: Document): string {
  const people = [_npmUser ?? maintainers].flat().filter((person) => person !== undefined);
  const names = people.map((person) => {
    if (!isMembers(person)) return String(person);
    return [person.name, person.email && `<${person.email}>`].filter(Boolean).join(" ");
  });
  return names.join(", ") || "unknown: the registry does not say";
}

/** The files that `exports` names, else the one of `main`. */
function entriesOf({ exports, main }: Document): readonly string[] {
  const found = new Set<string>();
  const collect = (value: unknown, depth: number) => {
    if (typeof value === "string" && !/\.d\.[cm]?ts$|\.json$/.test(value)) found.add(value);
    if (typeof value !== "object" || value === null || depth > 8) return;
    for (const each of Object.values(value)) collect(each, depth + 1);
  };
  collect(exports ?? main ?? "index.js", 0);
  return [...found];
}

function commandsOf({ name, bin }: Document): readonly string[] {
  if (typeof bin === "string") return [String(name).split("/").at(-1) ?? ""];
  return isMembers(bin) ? Object.keys(bin) : [];
}

function notFound(name: string, version: string): Failure {
  const fix = "Check its spelling, and which registry npm uses: npm config get registry";
  const message = `The registry has no package ${name} of version ${version}.`;
  return new Failure("PACKAGE_NOT_FOUND", message, fix);
}
