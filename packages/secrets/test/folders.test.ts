import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openSecrets } from "../src/index.ts";
import { built, isRoot } from "./built.ts";
import { failsWith } from "./codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

async function store() {
  const directory = join(temporaryFolder(), "store");
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  return directory;
}

const open = (directory: string, env = {}) => openSecrets({ directory, env });

test.each([0o777, 0o770, 0o722, 0o1777])(
  "a store in a folder of mode %o is not read",
  async (mode) => {
    const directory = await store();
    chmodSync(directory, mode);
    const message = await failsWith(() => open(directory), "UNSAFE_PERMISSIONS");
    expect(message).toContain(`chmod 700 ${directory}`);
    chmodSync(directory, 0o700);
    expect(await (await open(directory)).list()).toEqual(["first_api_key"]);
  },
);

test("a store that is open is not read again once others may write to its folder", async () => {
  const directory = await store();
  await using one = await open(directory);
  await using other = await open(directory);
  await other.set("second_api_key", "second-value-0002");
  chmodSync(directory, 0o777);
  await failsWith(() => one.refresh(), "UNSAFE_PERMISSIONS");
});

test.runIf(isRoot)(
  "a folder of another user is not read; by sudo the remedy is another",
  async () => {
    const directory = await store();
    chownSync(directory, 65534, 65534);
    expect(await failsWith(() => open(directory), "WRONG_OWNER")).toContain(`chown 0 ${directory}`);
    vi.stubEnv("SUDO_UID", "65534");
    expect(await failsWith(() => open(directory), "WRONG_OWNER")).toContain("without sudo");
  },
);

test.runIf(isRoot)("by sudo no folder of root's is made in a user's own", async () => {
  const home = temporaryFolder();
  chownSync(home, 65534, 65534);
  vi.stubEnv("SUDO_UID", "65534");
  const directory = join(home, ".config", "acc");
  await using secrets = await open(directory);
  const message = await failsWith(() => secrets.set("a_key", "a-value-0001"), "WRONG_OWNER");
  expect(message).toContain("without sudo");
  expect(readdirSync(home)).toEqual([]);
});

test.runIf(isRoot)("what a run with sudo left is told as that", () => {
  const home = temporaryFolder();
  chmodSync(home, 0o755);
  const directory = join(home, "acc");
  mkdirSync(directory, { mode: 0o755 });
  writeFileSync(join(directory, "acc-secrets.json"), "{}", { mode: 0o600 });
  const code = `
    const { openSecrets } = await import(${JSON.stringify(built)});
    openSecrets({ directory: ${JSON.stringify(directory)}, env: {} })
      .catch((error) => console.log(error.code, error.message));`;
  const node = [process.execPath, "--input-type=module", "-e", code];
  const user = ["--reuid=65534", "--regid=65534", "--clear-groups"];
  const { stdout } = spawnSync("setpriv", [...user, ...node], { encoding: "utf8" });
  expect(stdout).toMatch(/^READ_FAILED|WRONG_OWNER/);
});

test.runIf(isRoot)("a file that is mounted by itself gets the remedy that helps", async () => {
  const directory = await store();
  const path = join(directory, "acc-secrets.json");
  const code = `
    const { openSecrets } = await import(${JSON.stringify(built)});
    const secrets = await openSecrets({ directory: ${JSON.stringify(directory)}, env: {} });
    await secrets.set("b_api_key", "b-value-0001").catch((error) => console.log(error.code, error.message));
    console.log((await secrets.get("first_api_key")).reveal());`;
  const mount = `mount --bind ${path} ${path} && exec "$@"`;
  const node = [process.execPath, "--input-type=module", "-e", code];
  const run = ["-m", "sh", "-c", mount, "sh", ...node];
  const { stdout } = spawnSync("unshare", run, { encoding: "utf8" });
  expect(stdout).toMatch(/WRITE_FAILED .*mounted as a single file.*Mount its folder/);
  expect(stdout).toContain("first-value-0001");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await (await open(directory)).list()).toEqual(["first_api_key"]);
});
