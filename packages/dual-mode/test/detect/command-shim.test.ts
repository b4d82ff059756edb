import { readFileSync } from "node:fs";
import { win32 } from "node:path";
import { expect, test } from "vitest";
import { launchOf } from "../../src/cli/launch.ts";
import { parseCommandShim } from "../../src/detect/command-shim.ts";

/** Shims as npm 10's cmd-shim and pnpm's wrote them for a package @vendor/command. */
const recorded = (name: string) =>
  readFileSync(new URL(`../fixtures/shims/${name}.cmd`, import.meta.url), "utf8");

const path = String.raw`C:\Users\ada\AppData\Roaming\npm\command.cmd`;
const within = String.raw`C:\Users\ada\AppData\Roaming\npm\node_modules\@vendor\command`;
const script = (name: string, ...options: string[]) => ({
  interpreter: "node",
  options,
  target: `${within}\\${name}`,
});

test.each([
  ["npm-node", script("cli.js")],
  ["npm-node-options", script("opt.js", "--no-warnings=DEP0040")],
  ["npm-program", { target: String.raw`${within}\bin\command.exe`, options: [] }],
  ["npm-bash", { ...script("run.sh"), interpreter: "bash" }],
  ["pnpm-node", script("cli.js")],
  ["pnpm-program", { target: String.raw`${within}\bin\command.exe`, options: [] }],
  ["handwritten", undefined],
])("%s", (name, target) => {
  expect(parseCommandShim(path, recorded(name))).toEqual(target);
});

const node = process.execPath;
test.each([
  ["npm-node", { file: node, prefixArgs: [String.raw`${within}\cli.js`] }],
  [
    "npm-node-options",
    { file: node, prefixArgs: ["--no-warnings=DEP0040", String.raw`${within}\opt.js`] },
  ],
  ["npm-program", { file: String.raw`${within}\bin\command.exe`, prefixArgs: [] }],
])("on Windows %s is started without a shell", async (name, launch) => {
  await expect(launchOf(path, "win32", async () => recorded(name))).resolves.toEqual(launch);
});

test.each(["npm-bash", "handwritten"])("%s cannot be started without a shell", async (name) => {
  await expect(launchOf(path, "win32", async () => recorded(name))).rejects.toMatchObject({
    code: "CLI_NOT_FOUND",
    message: expect.stringContaining(path),
    fix: expect.stringContaining("cliPath"),
  });
});

test("programs start as they are; on Windows a script by Node", async () => {
  const read = () => Promise.reject(new Error("not to be read"));
  const exe = String.raw`C:\bin\command.exe`;
  await expect(launchOf(exe, "win32", read)).resolves.toEqual({ file: exe, prefixArgs: [] });
  const js = String.raw`C:\bin\command.MJS`;
  await expect(launchOf(js, "win32", read)).resolves.toEqual({ file: node, prefixArgs: [js] });
  await expect(launchOf("/bin/x.cmd", "linux", read)).resolves.toEqual({
    file: "/bin/x.cmd",
    prefixArgs: [],
  });
});

/**
 * refactoringhq/tolaria#868: Volta's own way to what it has installed is a shell, to which a prompt
 * in the arguments would be text of its own.
 */
test.each([
  ["Npm", win32.join("@vendor", "command")],
  ["Pnpm", win32.join("@vendor", "command", "bin")],
])("a shim of Volta's is started as that of %s behind it", async (manager, within) => {
  const home = String.raw`C:\Users\ada\AppData\Local\Volta`;
  const shim = win32.join(home, "bin", "command.cmd");
  const folder = win32.join(home, "tools", "image", "packages", within);
  const settings = { name: "command", package: "@vendor/command", version: "1.0.0", manager };
  const files = new Map([
    [shim, "@echo off\r\nvolta run %~n0 %*\r\n"],
    [win32.join(home, "tools", "user", "bins", "command.json"), JSON.stringify(settings)],
    [win32.join(folder, "command.cmd"), recorded("npm-node")],
  ]);
  const read = async (asked: string) => files.get(asked) ?? Promise.reject(new Error(asked));
  await expect(launchOf(shim, "win32", read)).resolves.toEqual({
    file: node,
    prefixArgs: [win32.join(folder, "node_modules", "@vendor", "command", "cli.js")],
  });
});

test.each([
  ["nothing is known of it", undefined],
  ["its package is a path", JSON.stringify({ package: "../../../x", manager: "Npm" })],
  ["its package is none", JSON.stringify({ package: 1 })],
  ["its settings are no JSON", "{"],
])("a shim of Volta's cannot be started without a shell where %s", async (_, settings) => {
  const read = async (asked: string) => {
    if (asked === path) return "@echo off\nvolta run %~n0 %*\n";
    if (asked.endsWith(".json") && settings !== undefined) return settings;
    throw new Error("ENOENT");
  };
  await expect(launchOf(path, "win32", read)).rejects.toMatchObject({ code: "CLI_NOT_FOUND" });
});
