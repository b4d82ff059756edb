import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { getGlobalSecretsManager, openSecrets } from "../src/index.ts";
import { placesOf } from "../src/places.ts";
import { failsWith } from "./codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("the process shares one, opened anew after close and after a failure", async () => {
  const directory = temporaryFolder();
  vi.stubEnv("ACC_SECRETS_DIR", directory);
  vi.stubEnv("ACC_SECRETS_KEY", "");
  onTestFinished(async () => (await getGlobalSecretsManager()).close());
  const [one, two] = await Promise.all([getGlobalSecretsManager(), getGlobalSecretsManager()]);
  expect(one).toBe(two);
  await one.set("first_api_key", "first-value-0001");
  await using other = await openSecrets();
  expect(await other.list()).toEqual(["first_api_key"]);
  await one.close();
  const three = await getGlobalSecretsManager();
  expect(three).not.toBe(one);
  await three.close();
  vi.stubEnv("ACC_SECRETS_KEY", "not a key");
  await failsWith(getGlobalSecretsManager, "INVALID_KEY");
  vi.stubEnv("ACC_SECRETS_KEY", "");
  expect(await (await getGlobalSecretsManager()).list()).toEqual(["first_api_key"]);
});

test.skipIf(process.platform === "win32").each([
  [{ ACC_SECRETS_DIR: "/own", XDG_CONFIG_HOME: "/config", HOME: "/home/me" }, "/own"],
  [{ XDG_CONFIG_HOME: "/config", HOME: "/home/me" }, "/config/acc"],
  [{ XDG_CONFIG_HOME: "relative", HOME: "/home/me" }, "/home/me/.config/acc"],
  [{ HOME: "/home/me" }, "/home/me/.config/acc"],
])("with %o the store is in %s", (env, folder) => {
  expect(placesOf({ env })).toEqual({
    store: join(folder, "acc-secrets.json"),
    key: join(folder, "acc-secrets.key"),
  });
});

test("a path and a key file of one's own win", () => {
  const env = { ACC_SECRETS_DIR: "/own", ACC_SECRETS_KEY_FILE: "/keys/my.key" };
  expect(placesOf({ env, path: "/other/my.json" })).toEqual({
    store: "/other/my.json",
    key: "/keys/my.key",
  });
});
