import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { folderBytes } from "./folder-bytes.ts";
import { refused, store } from "./store-scene.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("others' eyes, others' files and links are refused, with the command that fixes it", async () => {
  const { directory, path } = await store();
  chmodSync(path, 0o640);
  expect(await refused(directory, "UNSAFE_PERMISSIONS")).toContain(`chmod 600 ${path}`);
  chmodSync(path, 0o604);
  await refused(directory, "UNSAFE_PERMISSIONS");
  chmodSync(path, 0o600);
  renameSync(path, `${path}.real`);
  symlinkSync(`${path}.real`, path);
  expect(await refused(directory, "SYMLINK_REFUSED")).toContain("mv ");
  rmSync(path);
  mkdirSync(path);
  await refused(directory, "NOT_A_FILE");
  rmSync(path, { recursive: true });
  renameSync(`${path}.real`, path);
  await using secrets = await openSecrets({ directory, env: {} });
  expect(await secrets.list()).toEqual(["first_api_key"]);
});

test.skipIf(process.getuid?.() !== 0)("a file of another user is refused", async () => {
  const { directory, path, key } = await store();
  chownSync(path, 65534, 65534);
  expect(await refused(directory, "WRONG_OWNER")).toContain("chown");
  chownSync(path, 0, 0);
  chownSync(key, 65534, 65534);
  await refused(directory, "WRONG_OWNER");
});

test("a folder that others may write to is refused at the first write", async () => {
  const directory = join(temporaryFolder(), "open");
  mkdirSync(directory);
  chmodSync(directory, 0o777);
  await using secrets = await openSecrets({ directory, env: {} });
  const message = await failsWith(
    () => secrets.set("first_api_key", "first-value-0001"),
    "UNSAFE_PERMISSIONS",
  );
  expect(message).toContain(`chmod 700 ${directory}`);
  expect(folderBytes(directory)).toEqual({});
});

test("plain text is opened only when this open asks for it", async () => {
  const directory = join(temporaryFolder(), "plain");
  await using plain = await openSecrets({ directory, env: {}, encryption: "none" });
  await plain.set("first_api_key", "first-value-0001");
  expect(readFileSync(join(directory, "acc-secrets.json"), "utf8")).toContain("first-value-0001");
  await refused(directory, "PLAINTEXT_REFUSED");
  await using again = await openSecrets({ directory, env: {}, encryption: "none" });
  expect((await again.get("first_api_key"))?.reveal()).toBe("first-value-0001");
  const encrypted = await store();
  await refused(encrypted.directory, "ENCRYPTED_STORE", { encryption: "none" });
});
