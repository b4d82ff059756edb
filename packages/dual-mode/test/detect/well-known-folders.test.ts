import { describe, expect, test } from "vitest";
import { type Machine, wellKnownFolders } from "../../src/detect/well-known-folders.ts";

const mac: Machine = {
  platform: "darwin",
  env: {},
  home: "/Users/ada",
  execPath: "/Users/ada/.nvm/versions/node/v20.19.0/bin/node",
};
const linux: Machine = { platform: "linux", env: {}, home: "/home/ada", execPath: "/opt/n/node" };
const windows: Machine = {
  platform: "win32",
  env: {},
  home: String.raw`C:\Users\ada`,
  execPath: String.raw`C:\Program Files\nodejs\node.exe`,
};

describe.each([
  [
    mac,
    [
      "/Users/ada/.nvm/versions/node/v20.19.0/bin",
      "/Users/ada/.local/bin",
      "/Users/ada/.npm-global/bin",
      "/Users/ada/.nvm/versions/node/*/bin",
      "/Users/ada/.volta/bin",
      "/Users/ada/.asdf/shims",
      "/Users/ada/.local/share/mise/shims",
      "/Users/ada/Library/pnpm",
      "/Users/ada/.bun/bin",
      "/opt/homebrew/bin",
      "/usr/local/bin",
    ],
  ],
  [
    linux,
    [
      "/opt/n",
      "/home/ada/.local/bin",
      "/home/ada/.nvm/versions/node/*/bin",
      "/home/ada/.local/share/pnpm",
      "/home/linuxbrew/.linuxbrew/bin",
      "/usr/local/bin",
    ],
  ],
  [
    windows,
    [
      String.raw`C:\Users\ada\AppData\Roaming\npm`,
      String.raw`C:\Program Files\nodejs`,
      String.raw`C:\Users\ada\.local\bin`,
      String.raw`C:\Users\ada\AppData\Local\Volta\bin`,
      String.raw`C:\Users\ada\AppData\Local\pnpm`,
      String.raw`C:\Users\ada\scoop\shims`,
    ],
  ],
])("on $platform", (machine, folders) => {
  test.each(folders)("%s", (folder) => {
    expect(wellKnownFolders(machine)).toContain(folder);
  });
});

test.each([
  [mac, { NVM_DIR: "/n" }, "/n/versions/node/*/bin"],
  [mac, { VOLTA_HOME: "/v" }, "/v/bin"],
  [mac, { NPM_CONFIG_PREFIX: "/p" }, "/p/bin"],
  [linux, { npm_config_prefix: "/p" }, "/p/bin"],
  [linux, { ASDF_DATA_DIR: "/a" }, "/a/shims"],
  [linux, { XDG_DATA_HOME: "/d" }, "/d/mise/shims"],
  [linux, { MISE_DATA_DIR: "/m" }, "/m/shims"],
  [linux, { PNPM_HOME: "/pnpm" }, "/pnpm"],
  [linux, { BUN_INSTALL: "/bun" }, "/bun/bin"],
  [windows, { AppData: String.raw`D:\Roaming` }, String.raw`D:\Roaming\npm`],
  [windows, { localappdata: String.raw`D:\Local` }, String.raw`D:\Local\Volta\bin`],
  [windows, { Nvm_Symlink: String.raw`D:\node` }, String.raw`D:\node`],
])("%j with %j looks in %s", (machine, env, folder) => {
  expect(wellKnownFolders({ ...machine, env })).toContain(folder);
});

test.each([{ npm_lifecycle_event: "test" }, { npm_execpath: "/npm-cli.js" }])(
  "a prefix that a package manager sets for the script it runs (%j) is not looked in",
  (script) => {
    const env = { npm_config_prefix: "/of-the-project", ...script };
    expect(wellKnownFolders({ ...linux, env })).not.toContain("/of-the-project/bin");
    const own = { ...env, NPM_CONFIG_PREFIX: "/p" };
    expect(wellKnownFolders({ ...linux, env: own })).toContain("/p/bin");
  },
);
