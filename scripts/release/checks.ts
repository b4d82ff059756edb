import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeBinary } from "node-versions";
import { root } from "../steps/root.ts";
import { run } from "./command.ts";
import { contentsOf, installedIn, manifestOf } from "./installed.ts";

const providers = ["claude", "gemini", "groq", "openai"];
const sdks = /^(@anthropic-ai|@google|@google-cloud)\/|^(groq-sdk|openai)$/;

/** The binaries of every line of Node.js that the packages promise to run on. */
export function nodeBinaries(): string[] {
  const others = ([22, 24, 26] as const).map((line) => nodeBinary(line));
  return [process.execPath, ...others.filter((binary) => binary !== undefined)];
}

/** What came with a package that is another provider, or another provider's SDK. */
export function foreign(folder: string, own: readonly string[]): string[] {
  return installedIn(folder)
    .map(({ name }) => name)
    .filter((name) => sdks.test(name) || providers.some((one) => name === `@acc/${one}`))
    .filter((name) => !own.includes(name));
}

/** Refuses a package whose installed files are not those that were packed. */
export function checkFiles(folder: string, name: string, packed: readonly string[]): number {
  const { files, bytes } = contentsOf(join(folder, "node_modules", name));
  const differ = [
    ...files.filter((file) => !packed.includes(file)).map((file) => `not packed: ${file}`),
    ...packed.filter((file) => !files.includes(file)).map((file) => `did not arrive: ${file}`),
  ];
  if (differ.length > 0) throw new Error(`${name} as installed:\n${differ.join("\n")}`);
  return bytes;
}

/** Refuses a package that has not as many bytes installed as its tarball holds. */
export function checkBytes(bytes: number, tarball: string): void {
  const packed = run("tar", ["-xzOf", tarball], { cwd: root });
  const expected = Buffer.byteLength(packed);
  if (bytes !== expected) throw new Error(`${tarball} holds ${expected} bytes; ${bytes} arrived.`);
}

/** Every entry of a package, as an import names it. */
export function entriesOf(folder: string, name: string): string[] {
  return Object.keys(manifestOf(join(folder, "node_modules", name)).exports ?? {})
    .filter((entry) => entry !== "./package.json")
    .map((entry) => `${name}${entry.slice(1)}`);
}

/** Opens every entry on every Node.js; none may be empty. */
export function checkImports(folder: string, entries: readonly string[]): void {
  const code = `
    for (const entry of ${JSON.stringify(entries)}) {
      const names = Object.keys(await import(entry));
      if (names.length === 0) throw new Error(entry + " exports nothing");
    }`;
  for (const node of nodeBinaries()) {
    run(node, ["--input-type=module", "--eval", code], { cwd: folder });
  }
}

/** Compiles a program against the installed types, as Node.js and as a bundler resolve them. */
export function checkTypes(folder: string, program: string): void {
  writeFileSync(join(folder, "program.ts"), program);
  const tsc = join(root, "node_modules/.bin/tsc");
  const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
  const strict = ["--strict", "--noEmit", "--target", "es2023", "--ignoreConfig", ...types];
  const libraries = ["--lib", "es2023,esnext.disposable", "--skipLibCheck"];
  for (const [module, resolution] of [
    ["node16", "node16"],
    ["esnext", "bundler"],
  ] as const) {
    const how = ["--module", module, "--moduleResolution", resolution];
    run(tsc, [...strict, ...libraries, ...how, "program.ts"], { cwd: folder });
  }
}
