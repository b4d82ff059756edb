import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { everyNode } from "node-versions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PackedPackage, packPackages } from "../scripts/pack-packages.ts";
import type { Manifest } from "./dependency-rule/rules.ts";
import { published } from "./dependency-rule/table.ts";
import { root } from "./dependency-rule/workspace.ts";
import { installedIn, installInto } from "./packed/install.ts";
import { computedName, entriesOf, importsFrom } from "./packed/reachable.ts";

const folder = mkdtempSync(join(tmpdir(), "acc-packed-test-"));
const claudeOnly = join(folder, "claude-only");
const everything = join(folder, "everything");
const names = Object.keys(published);
const manifestIn = (name: string): Manifest =>
  JSON.parse(readFileSync(join(everything, "node_modules", name, "package.json"), "utf8"));
const broughtBy = (manifest: Manifest) =>
  Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  });
/** Every entry of every package, as an import names it. */
const allEntries = () =>
  names.flatMap((name) =>
    Object.keys(manifestIn(name).exports ?? {})
      .filter((entry) => entry !== "./package.json")
      .map((entry) => join(name, entry)),
  );
let packed: Map<string, PackedPackage>;

beforeAll(() => {
  packed = new Map(packPackages(folder).map((one) => [one.name, one]));
  const tarballs = (...wanted: string[]) => wanted.map((name) => packed.get(name)?.tarball ?? name);
  const four = ["@acc/claude", "@acc/dual-mode", "@acc/cache", "@acc/secrets"];
  installInto(claudeOnly, tarballs(...four));
  // What lets people sign in, which @acc/server takes where a program has it.
  const server = readFileSync(join(root, "packages/server/package.json"), "utf8");
  const { peerDependencies }: Manifest = JSON.parse(server);
  const peers = Object.entries(peerDependencies ?? {}).map(([name, range]) => `${name}@${range}`);
  installInto(everything, [...tarballs(...names), ...peers]);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }), 180_000);

describe.each(names)("%s, packed", (name) => {
  const installed = (file: string) =>
    readFileSync(join(everything, "node_modules", name, file), "utf8");
  const files = () => packed.get(name)?.files ?? [];

  test("holds what it was built to, its README and its licence, and nothing else", () => {
    const around = files().filter(
      (path) => !/^dist\/(LICENSES\.txt|.+\.(c?js|c?js\.map|d\.ts))$/.test(path),
    );
    expect(around).toEqual(["LICENSE", "README.md", "package.json"]);
  });

  // Kept code takes no map; the places of others weigh on all who keep secrets, and few use one.
  test("has a source map for every module, but for acc and for secrets kept elsewhere", () => {
    const modules = files().filter((path) => /^dist\/(?!outside\/).*\.c?js$/.test(path));
    expect(modules).not.toEqual([]);
    const mapped = modules.filter((path) => files().includes(`${path}.map`));
    expect(mapped).toEqual(name === "@acc/cli" ? [] : modules);
  });

  test("has the licence of every library that is built in", () => {
    const dist = join(root, "packages", name.replace("@acc/", ""), "dist");
    const maps = readdirSync(dist).filter((path) => /\.c?js\.map$/.test(path));
    const sources: string[] = maps.flatMap(
      (path) => JSON.parse(readFileSync(join(dist, path), "utf8")).sources,
    );
    const libraries = new Set(
      sources.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
    );
    const told = files().includes("dist/LICENSES.txt") ? installed("dist/LICENSES.txt") : "";
    const headings = [...told.matchAll(/^(\S+) \d+\.\S+ \([\w. -]+\)$/gm)].map(([, name]) => name);
    expect([...new Set(headings)].sort()).toEqual([...libraries].sort());
  });

  test("has a manifest that means something outside of this repository", () => {
    const manifest = JSON.parse(installed("package.json"));
    expect(JSON.stringify(manifest)).not.toMatch(/workspace:|catalog:|link:/);
    expect(manifest).toMatchObject({
      license: "MIT",
      type: "module",
      sideEffects: false,
      engines: { node: expect.any(String) },
      repository: { directory: expect.stringMatching(/^packages\//) },
    });
  });

  test("imports only its own files and what its manifest brings, in code and in types", () => {
    const manifest = manifestIn(name);
    const brought = broughtBy(manifest);
    const loaders = published[name]?.loaders ?? [];
    const missing = importsFrom(entriesOf(manifest), installed).filter(
      ({ specifier }) =>
        !(specifier === computedName && loaders.length > 0) &&
        !isBuiltin(specifier) &&
        !brought.some((one) => `${specifier}/`.startsWith(`${one}/`)),
    );
    expect(missing).toEqual([]);
  });
});

test("what is outside of the program of acc is brought by the packages built into it", () => {
  const read = (file: string) =>
    readFileSync(join(everything, "node_modules/@acc/cli", file), "utf8");
  // Of what counts requests, a store for another database imports that by a computed name.
  const server = importsFrom(["dist/server-file.cjs"], read).filter(
    ({ specifier }) => specifier !== computedName,
  );
  const program = importsFrom(["dist/run-program.cjs", "dist/rare-file.cjs"], read);
  const wanted = [...program, ...server].map(({ specifier }) => specifier);
  const own = manifestIn("@acc/cli");
  const packages = Object.keys(own.dependencies ?? {});
  const brought = [own, ...packages.map((one) => manifestIn(one))].flatMap(broughtBy);
  const outside = new Set(wanted.filter((specifier) => !isBuiltin(specifier)));
  expect(outside.size).toBeGreaterThan(3);
  const isBrought = (id: string) => brought.some((one) => id === one || id.startsWith(`${one}/`));
  expect([...outside].filter((specifier) => !isBrought(specifier))).toEqual([]);
});

test("acc asks through the SDK that its provider brings, whatever other packages have", () => {
  const decoy = join(everything, "node_modules/@acc/secrets/node_modules/groq-sdk");
  mkdirSync(decoy, { recursive: true });
  writeFileSync(join(decoy, "index.js"), "throw new Error('not the SDK of the provider');");
  const acc = join(everything, "node_modules/@acc/cli/dist/main.cjs");
  const args = [acc, "chat", "--json", "--timeout", "2s", "--only", "sdk", "-p", "groq", "hi"];
  const env = { HOME: folder, GROQ_API_KEY: "opens-nothing", GROQ_BASE_URL: "http://127.0.0.1:9" };
  const { stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  rmSync(join(everything, "node_modules/@acc/secrets/node_modules"), { recursive: true });
  expect(JSON.parse(stderr).error.attempts[0]).toMatchObject({ mode: "sdk", code: "NETWORK" });
});

describe.each(everyNode())("on %s", (_, node) => {
  const env = { PATH: process.env.PATH, HOME: join(folder, "home") };
  const run = (cwd: string, args: string[]) =>
    spawnSync(node, args, { cwd, env, encoding: "utf8" });

  test("importing Claude, and making a client, loads neither its SDK nor execa", () => {
    const script = join(claudeOnly, "consumer.mjs");
    copyFileSync(join(root, "test/packed/consumer.mjs"), script);
    writeFileSync(join(claudeOnly, "fake-cli"), "#!/bin/sh\nexit 1\n");
    chmodSync(join(claudeOnly, "fake-cli"), 0o755);
    const record = join(mkdtempSync(join(folder, "loads-")), "addresses");
    const preload = join(root, "test/packed/record-loads.mjs");
    const args = ["--import", preload, script, record];
    const { stdout, stderr, status } = run(claudeOnly, args);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { steps, codes } = JSON.parse(stdout);
    const lazy = ["@anthropic-ai/sdk", "execa"];
    const loadedBy = (step: string) => lazy.filter((name) => steps[step].includes(name));
    expect(steps.imported).toEqual(
      expect.arrayContaining(["@acc/cache", "@acc/claude", "@acc/dual-mode", "@acc/secrets"]),
    );
    expect(loadedBy("imported")).toEqual([]);
    expect(loadedBy("created")).toEqual([]);
    expect(loadedBy("calledBySdk")).toEqual(["@anthropic-ai/sdk"]);
    expect(loadedBy("calledByCli")).toEqual(lazy);
    expect(codes).toEqual({ sdk: "NETWORK", cli: "CLI_NOT_FOUND" });
  });

  test("every entry of every package opens", () => {
    const entries = allEntries();
    const code = `
      for (const entry of ${JSON.stringify(entries)}) {
        console.log(entry, Object.keys(await import(entry)).length);
      }`;
    const args = ["--input-type=module", "--eval", code];
    const { stdout, stderr, status } = run(everything, args);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const opened = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" "));
    expect(opened.map(([entry]) => entry)).toEqual(entries);
    expect(opened.filter(([, count]) => count === "0")).toEqual([]);
  });

  test("every entry of every package is opened by require() too", () => {
    const code = `
      for (const entry of ${JSON.stringify(allEntries())}) {
        console.log(entry, Object.keys(require(entry)).length);
      }`;
    const { stdout, stderr, status } = run(everything, ["--input-type=commonjs", "--eval", code]);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(allEntries());
    expect(stdout).not.toMatch(/ 0$/m);
  });

  test.each(["acc", "acc-groq"])("the command %s says its version", (command) => {
    const path = join(everything, "node_modules", ".bin", command);
    const { stdout, stderr, status } = run(everything, [path, "--version"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/\d+\.\d+\.\d+/);
  });
});

test("the types are there for a program that uses them", () => {
  const program = join(everything, "consumer.ts");
  copyFileSync(join(root, "test/packed/typed-consumer.ts"), program);
  const tsc = join(root, "node_modules/.bin/tsc");
  const strict = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2023"];
  const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
  const args = [...strict, ...types, "--skipLibCheck", "--ignoreConfig", program];
  const { stdout, status } = spawnSync(tsc, args, { cwd: everything, encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});

test("who installs Claude gets no other provider and no other SDK", () => {
  const installed = installedIn(claudeOnly);
  expect(installed).toEqual(expect.arrayContaining(["@acc/claude", "@anthropic-ai/sdk", "execa"]));
  expect(installed.filter((name) => /gemini|groq|openai|^@google|^@acc\/cli$/.test(name))).toEqual(
    [],
  );
});
