import { mkdirSync, symlinkSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { findCommand } from "../../src/detect/find-command.ts";
import { TestFolder } from "./folder.ts";

const folder = new TestFolder();

function find(
  env: Record<string, string> = {},
  more: { cliPath?: string; wellKnownFolders?: string[] } = {},
) {
  const { cliPath, ...query } = more;
  return findCommand(
    { name: "acc-test-command", provider: "my-vendor", ...query },
    { cliPath, env: { HOME: folder.at("home"), PATH: "", ...env } },
  );
}

function inWorkingFolder(path: string): void {
  mkdirSync(folder.at(path), { recursive: true });
  vi.spyOn(process, "cwd").mockReturnValue(folder.at(path));
}

test("what cliPath names comes first, then the variable, then PATH, then well-known folders", async () => {
  const named = folder.command("named/any-name");
  const variable = folder.command("variable/other");
  const onPath = folder.command("path/acc-test-command");
  const wellKnown = folder.command("home/.local/bin/acc-test-command");
  const PATH = folder.at("path");
  const ACC_MY_VENDOR_CLI = variable;
  await expect(find({ PATH, ACC_MY_VENDOR_CLI }, { cliPath: named })).resolves.toEqual({
    path: named,
    source: "cliPath",
  });
  await expect(find({ PATH, ACC_MY_VENDOR_CLI })).resolves.toEqual({
    path: variable,
    source: "env:ACC_MY_VENDOR_CLI",
  });
  await expect(find({ PATH })).resolves.toEqual({ path: onPath, source: "PATH" });
  await expect(find()).resolves.toEqual({ path: wellKnown, source: "well-known" });
});

test("a command that is nowhere is undefined", async () => {
  await expect(find()).resolves.toBeUndefined();
  await expect(find({ PATH: folder.at("nowhere"), ACC_MY_VENDOR_CLI: "" })).resolves.toBe(
    undefined,
  );
});

test("the first of PATH wins, less files that are not executable and folders", async () => {
  folder.command("plain/acc-test-command", { mode: 0o644 });
  mkdirSync(folder.at("dir/acc-test-command"), { recursive: true });
  const first = folder.command("first/acc-test-command");
  folder.command("second/acc-test-command");
  const PATH = ["plain", "dir", "first", "second"].map((name) => folder.at(name)).join(":");
  await expect(find({ PATH })).resolves.toMatchObject({ path: first });
});

test.each([
  ["the working folder", (path: string) => path],
  ["the working folder with a slash", (path: string) => `${path}/`],
  ["a dot", () => "."],
  ["an empty entry", () => ""],
  ["a relative entry", () => "tools"],
])("a command planted in the working folder is not taken: %s", async (_, entry) => {
  inWorkingFolder("repo");
  folder.command("repo/acc-test-command");
  folder.command("repo/tools/acc-test-command");
  const real = folder.command("real/acc-test-command");
  const PATH = `${entry(folder.at("repo"))}:${folder.at("real")}`;
  await expect(find({ PATH })).resolves.toEqual({ path: real, source: "PATH" });
  await expect(find({ PATH: entry(folder.at("repo")) })).resolves.toBeUndefined();
});

test("a command planted in any node_modules/.bin is not taken", async () => {
  folder.command("repo/node_modules/.bin/acc-test-command");
  folder.command("other/node_modules/.bin/deep/acc-test-command");
  const entries = ["repo/node_modules/.bin", "other/node_modules/.bin/deep"];
  const PATH = entries.map((entry) => folder.at(entry)).join(":");
  await expect(find({ PATH })).resolves.toBeUndefined();
});

test("a command planted elsewhere in the repository is not taken, however deep the host works", async () => {
  inWorkingFolder("repo/deep/er");
  mkdirSync(folder.at("repo/.git"));
  folder.command("repo/bin/acc-test-command");
  folder.command("repo/acc-test-command");
  const PATH = `${folder.at("repo/bin")}:${folder.at("repo")}`;
  await expect(find({ PATH })).resolves.toBeUndefined();
  await expect(find({ npm_config_prefix: folder.at("repo") })).resolves.toBeUndefined();
});

test("a global install's link into a node_modules is fine", async () => {
  const target = folder.command("lib/node_modules/vendor/acc-test-command");
  mkdirSync(folder.at("global"));
  symlinkSync(target, folder.at("global/acc-test-command"));
  const path = folder.at("global/acc-test-command");
  await expect(find({ PATH: folder.at("global") })).resolves.toEqual({ path, source: "PATH" });
});

test("a link to such a folder is seen through", async () => {
  inWorkingFolder("repo");
  folder.command("repo/node_modules/.bin/acc-test-command");
  folder.command("repo/acc-test-command");
  symlinkSync(folder.at("repo/node_modules/.bin"), folder.at("bin-link"));
  symlinkSync(folder.at("repo"), folder.at("repo-link"));
  const PATH = `${folder.at("bin-link")}:${folder.at("repo-link")}`;
  await expect(find({ PATH })).resolves.toBeUndefined();
});

test("a well-known folder that is the working folder is left out too", async () => {
  inWorkingFolder("home/.local/bin");
  folder.command("home/.local/bin/acc-test-command");
  await expect(find()).resolves.toBeUndefined();
});

test("cliPath may name a command anywhere", async () => {
  inWorkingFolder("repo");
  const path = folder.command("repo/node_modules/.bin/acc-test-command");
  await expect(find({}, { cliPath: path })).resolves.toEqual({ path, source: "cliPath" });
});

test("of nvm's versions the newest that has it is taken", async () => {
  folder.command("home/.nvm/versions/node/v9.11.0/bin/acc-test-command");
  const newest = folder.command("home/.nvm/versions/node/v20.9.0/bin/acc-test-command");
  folder.command("home/.nvm/versions/node/v22.1.0/bin/other-command");
  await expect(find()).resolves.toEqual({ path: newest, source: "well-known" });
});

test("a provider's own folders come before the common ones", async () => {
  folder.command("home/.local/bin/acc-test-command");
  const own = folder.command("home/.vendor/local/acc-test-command");
  await expect(find({}, { wellKnownFolders: ["~/.vendor/local"] })).resolves.toMatchObject({
    path: own,
  });
});

test.each([
  ["is not there", "nothing", /names no executable file/],
  ["is not executable", "plain", /names no executable file/],
  ["is a folder", "folder", /names no executable file/],
])("a named command that %s is INVALID_REQUEST, by its field", async (_, name, message) => {
  folder.command("plain", { mode: 0o644 });
  mkdirSync(folder.at("folder"));
  const path = folder.at(name);
  for (const [field, finding] of [
    ["cliPath", () => find({}, { cliPath: path })],
    ["ACC_MY_VENDOR_CLI", () => find({ ACC_MY_VENDOR_CLI: path })],
  ] as const) {
    await expect(finding()).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringMatching(message),
      fix: expect.stringContaining(field),
    });
  }
});

test("a named command has to be an absolute path", async () => {
  inWorkingFolder("repo");
  folder.command("repo/acc-test-command");
  for (const cliPath of ["acc-test-command", "./acc-test-command", "", "~/x"]) {
    await expect(find({}, { cliPath })).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringContaining("cliPath is not an absolute path"),
    });
  }
});
