import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSecrets, recoverSecrets, resetSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { folderBytes } from "./folder-bytes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const damagedStore = async () => {
  const directory = join(temporaryFolder(), "store");
  const path = join(directory, "acc-secrets.json");
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  await secrets.set("second_api_key", "second-value-0001");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.slice(0, text.length / 2));
  return { directory, path, options: { directory, env: {} } };
};

test("the backup is the last good file, 0600, and recover puts it back", async () => {
  const { directory, path, options } = await damagedStore();
  expect(statSync(`${path}.bak`).mode & 0o777).toBe(0o600);
  const damaged = readFileSync(path, "utf8");
  await recoverSecrets({ from: "backup" }, options);
  await using secrets = await openSecrets(options);
  expect(await secrets.list()).toEqual(["first_api_key"]);
  const aside = readdirSync(directory).filter((name) => name.includes(".damaged-"));
  expect(aside).toHaveLength(1);
  expect(readFileSync(join(directory, aside[0] as string), "utf8")).toBe(damaged);
  expect((await secrets.verifyAudit()).problems).toEqual([]);
});

test("an open process recovers, and another open one goes on", async () => {
  const { path, options } = await damagedStore();
  rmSync(path);
  rmSync(`${path}.bak`);
  await using secrets = await openSecrets(options);
  await secrets.set("first_api_key", "first-value-0001");
  await secrets.set("second_api_key", "second-value-0001");
  await using other = await openSecrets(options);
  writeFileSync(path, "{");
  await failsWith(() => secrets.refresh(), "STORE_DAMAGED");
  await secrets.recover({ from: "backup" });
  expect(await secrets.list()).toEqual(["first_api_key"]);
  await other.refresh();
  expect(await other.list()).toEqual(["first_api_key"]);
});

test("reset renames everything and deletes nothing; the next set starts anew", async () => {
  const { directory, path, options } = await damagedStore();
  const before = folderBytes(directory);
  const moved = await resetSecrets(options);
  expect(moved).toHaveLength(3);
  const after = folderBytes(directory);
  expect(Object.values(after).sort()).toEqual(Object.values(before).sort());
  expect(existsSync(path)).toBe(false);
  await using secrets = await openSecrets(options);
  expect(await secrets.list()).toEqual([]);
  await secrets.set("third_api_key", "third-value-0001");
  expect(await secrets.list()).toEqual(["third_api_key"]);
});

test("a good store and a store without backup are nothing to recover", async () => {
  const { path, options } = await damagedStore();
  rmSync(`${path}.bak`);
  await failsWith(() => recoverSecrets({ from: "backup" }, options), "NOTHING_TO_RECOVER");
  await resetSecrets(options);
  await using secrets = await openSecrets(options);
  await secrets.set("first_api_key", "first-value-0001");
  await secrets.set("first_api_key", "first-value-0002");
  await failsWith(() => recoverSecrets({ from: "backup" }, options), "NOTHING_TO_RECOVER");
  await failsWith(() => secrets.recover({ from: "backup" }), "NOTHING_TO_RECOVER");
});

test("a wrong key is no damage: recover refuses and changes nothing", async () => {
  const { directory, options } = await damagedStore();
  const key = join(directory, "acc-secrets.key");
  const right = readFileSync(key);
  writeFileSync(key, `${Buffer.alloc(32, 7).toString("base64")}\n`);
  const before = folderBytes(directory);
  await failsWith(() => recoverSecrets({ from: "backup" }, options), "WRONG_KEY");
  expect(folderBytes(directory)).toEqual(before);
  writeFileSync(key, right);
  await recoverSecrets({ from: "backup" }, options);
});
