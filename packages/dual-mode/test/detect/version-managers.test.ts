import { expect, test } from "vitest";
import { managersIn, managerVariables } from "../../src/detect/version-managers.ts";

const home = "/home/me";

// asdf-vm/asdf#1999, opcode#76 and #427, runCLAUDErun#3, multica#6295
test.each([
  ["asdf", {}, "/home/me/.asdf/shims"],
  ["asdf", { ASDF_DATA_DIR: "/data/asdf" }, "/data/asdf/shims/"],
  ["mise", {}, "/home/me/.local/share/mise/shims"],
  ["mise", { XDG_DATA_HOME: "/data" }, "/data/mise/shims"],
  ["mise", { MISE_DATA_DIR: "/mise" }, "/mise/shims"],
  ["volta", {}, "/home/me/.volta/bin"],
  ["volta", { VOLTA_HOME: "/volta" }, "/volta/bin"],
  ["nodenv", { NODENV_ROOT: "/opt/nodenv" }, "/opt/nodenv/shims"],
  ["proto", {}, "/home/me/.proto/shims"],
])("%s with %j has its shims in %s", (name, env, folder) => {
  expect(managersIn(["/usr/bin", folder], env, home).map((each) => each.name)).toEqual([name]);
});

test("programs that a manager installed, and other folders, are no shims", () => {
  const folders = ["/usr/bin", "/home/me/.nvm/versions/node/v22.1.0/bin", "/home/me/.asdf/bin"];
  expect(managersIn(folders, {}, home)).toEqual([]);
});

test("a shim gets what its manager reads, and no secret of it", () => {
  const mise = managersIn(["/data/mise/shims"], { XDG_DATA_HOME: "/data" }, home);
  const env = {
    XDG_DATA_HOME: "/data",
    XDG_CONFIG_HOME: "",
    MISE_NODE_VERSION: "22",
    MISE_GITHUB_TOKEN: "secret",
    VOLTA_HOME: "/volta",
    NODE_OPTIONS: "--inspect",
  };
  expect(managerVariables(mise, env)).toEqual({
    MISE_DATA_DIR: "/data/mise",
    MISE_NODE_VERSION: "22",
  });
});
