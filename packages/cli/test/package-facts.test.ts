import { describe, expect, it } from "vitest";
import { packagesFolder } from "../src/providers/packages/data-folder.ts";
import { describePackage } from "../src/providers/packages/describe-package.ts";
import { npmAt } from "../src/providers/packages/find-npm.ts";
import { npmEnvironment } from "../src/providers/packages/npm-environment.ts";
import { factsIn } from "../src/providers/packages/package-facts.ts";
import { lockedPackages } from "../src/providers/packages/read-lock.ts";

const spec = { name: "acc-provider-acme", version: "latest" };
const integrity = "sha512-abc";

/** What npm's registry says of a version, as `npm view --json` prints it. */
const document = {
  name: "acc-provider-acme",
  version: "1.2.3",
  time: { "1.2.3": "2026-11-01T10:00:00.000Z" },
  _npmUser: { name: "alice", email: "alice@example.com" },
  maintainers: ["alice <alice@example.com>", "bob <bob@example.com>"],
  description: "A provider.\u001b[31m\n  licence       forged",
  license: "MIT",
  repository: { type: "git", url: "git+https://github.com/alice/acme.git" },
  deprecated: "Use another.",
  exports: {
    ".": { types: "./dist/index.d.ts", import: "./dist/index.js" },
    "./package.json": "./package.json",
  },
  bin: { acme: "./dist/acme.js" },
  scripts: { test: "vitest", postinstall: "node build.js" },
  dist: { integrity, tarball: "https://registry.npmjs.org/x.tgz", attestations: { url: "…" } },
};

describe("what a person is shown of a package", () => {
  const facts = factsIn(document, spec);
  const brings = [
    { name: "acc-provider-acme", version: "1.2.3", hasScript: true },
    { name: "left-pad", version: "1.0.0", hasScript: false },
  ];
  const shown = describePackage({ facts, brings, folder: "" });

  it.each([
    "acc-provider-acme 1.2.3\n",
    "  published by  alice <alice@example.com>, 2026-11-01\n",
    "  deprecated    Use another.\n",
    "  built         with a signed statement",
    "  will run      ./dist/index.js when it is asked",
    "  commands      acme (not put on PATH)\n",
    "  its scripts   postinstall: node build.js (not run)\n",
    "  brings        left-pad 1.0.0\n",
    "  with scripts  acc-provider-acme (not run)",
  ])("%s", (line) => expect(shown).toContain(line));

  it("has no line that the package wrote, and nothing that a terminal obeys", () => {
    expect(shown.match(/^ {2}licence/gm)).toHaveLength(1);
    expect(shown).not.toContain("\u001b");
  });

  it("names those who may publish where the registry tells nobody who did", () => {
    const { _npmUser, ...rest } = document;
    expect(factsIn(rest, spec).publisher).toContain("bob <bob@example.com>");
  });
});

describe("no package is added", () => {
  it.each([
    ["of another name", { ...document, name: "other" }, "PACKAGE_NOT_FOUND"],
    ["without a document", undefined, "PACKAGE_NOT_FOUND"],
    ["without a checksum", { ...document, dist: {} }, "UNSAFE_PACKAGE"],
    ["with a weak one", { ...document, dist: { integrity: "sha1-x" } }, "UNSAFE_PACKAGE"],
    ["that wants a repository", { ...document, dependencies: { x: "a/b" } }, "UNSAFE_PACKAGE"],
  ])("%s", (_, given, code) => {
    expect(() => factsIn(given, spec)).toThrow(expect.objectContaining({ code }));
  });

  const entry = { version: "1.2.3", resolved: "https://r/x.tgz", integrity };
  const lock = (others: object) => ({
    packages: { "": {}, "node_modules/acc-provider-acme": entry, ...others },
  });
  it.each([
    [
      "whose checksum is another than the registry's",
      { "node_modules/acc-provider-acme": { ...entry, integrity: "sha512-other" } },
    ],
    ["that brings a link", { "node_modules/x": { ...entry, link: true } }],
    ["that brings a folder", { "../x": entry }],
    ["that brings a repository", { "node_modules/x": { ...entry, resolved: "git+ssh://h/x" } }],
    ["that brings what is not checked", { "node_modules/x": { ...entry, integrity: undefined } }],
    [
      "that brings what wants an address",
      { "node_modules/x": { ...entry, dependencies: { y: "https://h/y.tgz" } } },
    ],
  ])("%s", (_, others) => {
    const facts = factsIn(document, spec);
    expect(lockedPackages(lock({}), facts)).toHaveLength(1);
    expect(() => lockedPackages(lock(others), facts)).toThrow(
      expect.objectContaining({ code: "UNSAFE_PACKAGE" }),
    );
  });
});

describe("npm", () => {
  const files = (there: readonly string[], real = (path: string) => path) => ({
    existsSync: (path: string) => there.includes(path),
    realpathSync: real,
  });
  const beside = "C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js";

  it.each([
    ["/usr/bin/npm", "linux", [], [process.execPath, "/usr/lib/npm-cli.js"]],
    ["C:\\Program Files\\nodejs\\npm.cmd", "win32", [beside], [process.execPath, beside]],
    ["C:\\Volta\\npm.exe", "win32", [], ["C:\\Volta\\npm.exe"]],
    ["C:\\odd\\npm.cmd", "win32", [], undefined],
  ] as const)("at %s is started without a shell", (path, platform, there, started) => {
    const npm = npmAt(
      path,
      platform,
      files(there, () => "/usr/lib/npm-cli.js"),
    );
    expect(npm && [npm.command, ...npm.args]).toEqual(started);
  });

  it("that is another program's shim is started as it is", () => {
    const npm = npmAt(
      "/home/me/.volta/bin/npm",
      "linux",
      files([], () => "/opt/volta-shim"),
    );
    expect(npm).toEqual({ command: "/home/me/.volta/bin/npm", args: [] });
  });

  it("gets no key, and nothing that Node.js or npm would run", () => {
    const given = {
      ...{ PATH: "/bin", HOME: "/home/me", HTTPS_PROXY: "http://p", NPM_TOKEN: "t" },
      ...{ npm_config_registry: "https://r/", npm_config_script_shell: "./evil" },
      ...{ ANTHROPIC_API_KEY: "k", ACC_SECRETS_KEY: "k", NODE_OPTIONS: "--require ./evil" },
    };
    const { npm_config_registry, ...own } = npmEnvironment(given);
    expect(npm_config_registry).toBe("https://r/");
    expect(Object.keys(own).sort()).toEqual(["HOME", "HTTPS_PROXY", "NPM_TOKEN", "PATH"]);
    const handed = npmEnvironment({ ...given, npm_command: "exec" });
    expect(handed).toEqual(own);
  });
});

it.each([
  [{ HOME: "/home/me" }, "linux", "/home/me/.local/share/acc/providers"],
  [{ HOME: "/home/me", XDG_DATA_HOME: "/data" }, "linux", "/data/acc/providers"],
  [{ HOME: "/home/me", XDG_DATA_HOME: "data" }, "linux", "/home/me/.local/share/acc/providers"],
  [{ HOME: "/Users/me" }, "darwin", "/Users/me/Library/Application Support/acc/providers"],
  [{ HOME: "." }, "linux", undefined],
] as const)("with %j on %s packages are in %s", (env, platform, folder) => {
  expect(packagesFolder(env, platform)).toBe(folder);
});
