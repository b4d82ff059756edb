import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keyFile, openSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { folderBytes } from "./folder-bytes.ts";
import { refused, store } from "./store-scene.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("a lower generation put back under an open process is refused", async () => {
  const { directory, path } = await store();
  const old = readFileSync(path);
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0002");
  const newer = readFileSync(path);
  writeFileSync(path, old);
  const before = folderBytes(directory);
  await failsWith(() => secrets.refresh(), "ROLLED_BACK");
  await failsWith(() => secrets.set("second_api_key", "second-value-0001"), "ROLLED_BACK");
  expect(folderBytes(directory)).toEqual(before);
  writeFileSync(path, newer);
  await secrets.refresh();
  expect((await secrets.get("first_api_key"))?.reveal()).toBe("first-value-0002");
});

test("another history of the same generation is refused as well", async () => {
  const { directory, path } = await store();
  const first = readFileSync(path);
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0002");
  writeFileSync(path, first);
  await using other = await openSecrets({ directory, env: {} });
  await other.set("first_api_key", "first-value-0003");
  await failsWith(() => secrets.refresh(), "ROLLED_BACK");
});

test("another store on the same path is refused by a process that has the first one open", async () => {
  const one = await store();
  const two = await store();
  await using secrets = await openSecrets({ directory: one.directory, env: {} });
  copyFileSync(two.path, one.path);
  copyFileSync(two.key, one.key);
  const before = folderBytes(one.directory);
  await failsWith(() => secrets.refresh(), "STORE_REPLACED");
  await failsWith(() => secrets.set("second_api_key", "second-value-0001"), "STORE_REPLACED");
  expect(folderBytes(one.directory)).toEqual(before);
});

test("two first writes on one path make one store", async () => {
  const directory = join(temporaryFolder(), "new");
  await using one = await openSecrets({ directory, env: {} });
  await using two = await openSecrets({ directory, env: {} });
  await Promise.all([
    one.set("first_api_key", "first-value-0001"),
    two.set("second_api_key", "second-value-0001"),
  ]);
  await using three = await openSecrets({
    directory,
    env: {},
    keys: [keyFile(join(directory, "acc-secrets.key"))],
  });
  expect(await three.list()).toEqual(["first_api_key", "second_api_key"]);
});

test("a store that is gone is not a new one", async () => {
  const { directory, path } = await store();
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0002");
  rmSync(path);
  await failsWith(() => secrets.refresh(), "STORE_MISSING");
  await failsWith(() => secrets.set("first_api_key", "first-value-0003"), "STORE_MISSING");
  await refused(directory, "STORE_MISSING");
});
