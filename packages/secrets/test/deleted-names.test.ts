import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSecrets } from "../src/index.ts";
import { store } from "./store-scene.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("a deleted name is gone from the backup too, and so is what clear took", async () => {
  const { directory } = await store();
  const plain = join(temporaryFolder(), "plain");
  const options = { directory: plain, env: {}, encryption: "none" } as const;
  await using secrets = await openSecrets(options);
  await secrets.set("first_api_key", "first-value-0001");
  await secrets.set("second_api_key", "second-value-0002");
  await secrets.set("third_api_key", "third-value-0003");
  const both = () =>
    ["acc-secrets.json", "acc-secrets.json.bak"].map((name) =>
      readFileSync(join(plain, name), "utf8"),
    );
  await secrets.delete("first_api_key");
  for (const text of both()) expect(text).not.toContain("first-value");
  for (const text of both()) expect(text).toContain("second-value");
  await secrets.clear();
  for (const text of both()) expect(text).not.toMatch(/second-value|third-value/);
  expect(readdirSync(plain).filter((name) => /tmp/.test(name))).toEqual([]);
  await using encrypted = await openSecrets({ directory, env: {} });
  await encrypted.delete("first_api_key");
  writeFileSync(join(directory, "acc-secrets.json"), "");
  await encrypted.recover({ from: "backup" });
  expect(await encrypted.list()).toEqual([]);
});
