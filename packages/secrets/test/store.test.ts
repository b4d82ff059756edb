import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSecrets, type SecretsOptions } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const open = (directory: string, options: SecretsOptions = {}) =>
  openSecrets({ directory, env: {}, ...options });

test("opening creates nothing; a value that was set is there for the next one to open", async () => {
  const directory = join(temporaryFolder(), "new");
  await using first = await open(directory);
  expect(await first.get("anthropic_api_key")).toBeUndefined();
  expect(await first.delete("anthropic_api_key")).toBe(false);
  expect(existsSync(directory)).toBe(false);
  await first.set("anthropic_api_key", "sk-ant-stored-1");
  await using second = await open(directory);
  const secret = await second.get("anthropic-api-key");
  expect(secret?.reveal()).toBe("sk-ant-stored-1");
  expect(secret?.source).toBe("store");
  expect(secret?.version).toBe(1);
  expect(await second.list()).toEqual(["anthropic_api_key"]);
});

test("files are 0600, the folder 0700, and no file holds the value", async () => {
  const directory = join(temporaryFolder(), "new");
  await using secrets = await open(directory);
  await secrets.set("anthropic_api_key", "sk-ant-stored-2");
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(directory)) {
    expect(statSync(join(directory, file)).mode & 0o777, file).toBe(0o600);
    expect(readFileSync(join(directory, file), "latin1")).not.toContain("sk-ant-stored-2");
  }
});

test("two open processes do not lose each other's changes, and see them", async () => {
  const directory = temporaryFolder();
  await using one = await open(directory);
  await using two = await open(directory);
  await one.set("first_key", "value-of-one");
  await two.set("second_key", "value-of-two");
  await one.refresh();
  expect(await one.list()).toEqual(["first_key", "second_key"]);
  expect(await one.clear()).toBe(2);
  await two.refresh();
  expect(await two.list()).toEqual([]);
});

test("clear is one change, whatever the number of names, with a line of the audit for each", async () => {
  const directory = temporaryFolder();
  await using secrets = await open(directory);
  for (const name of ["first_key", "second_key", "third_key"])
    await secrets.set(name, "some-value-1");
  const generation = () =>
    JSON.parse(readFileSync(join(directory, "acc-secrets.json"), "utf8")).generation;
  const before = generation();
  expect(await secrets.clear()).toBe(3);
  expect(generation()).toBe(before + 1);
  expect(await secrets.clear()).toBe(0);
  expect((await secrets.verifyAudit()).lines).toBe(6);
});

test("names such as constructor are names like others", async () => {
  await using secrets = await open(temporaryFolder());
  expect(await secrets.get("constructor")).toBeUndefined();
  await secrets.set("constructor", "an ordinary value");
  expect((await secrets.get("constructor"))?.reveal()).toBe("an ordinary value");
  expect(await secrets.delete("toString")).toBe(false);
});
