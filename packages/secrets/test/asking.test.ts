import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { keyFile, openSecrets, passphrase } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

// The least that a header may say: what a derivation costs is no matter of who is asked, and when.
vi.mock(import("../src/keys/usual-cost.ts"), () => ({ usualCost: { N: 2 ** 14, r: 8, p: 1 } }));
vi.setConfig({ testTimeout: 90_000 });

const words = "correct horse battery staple";

/** A person who looks for the note, and may be slower than any lock is waited for. */
function slowPerson(ms: number) {
  const asked: string[] = [];
  return {
    asked,
    ask: async (): Promise<string> => {
      asked.push("asked");
      await sleep(ms);
      return words;
    },
  };
}

test("while a person types a new passphrase, others write (databricks/cli#5210)", async () => {
  const directory = join(temporaryFolder(), "store");
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  const person = slowPerson(1_500);
  const adding = secrets.keys.add(passphrase(person.ask));
  await sleep(50);
  await using other = await openSecrets({ directory, env: {}, lockTimeout: 300 });
  await other.set("second_api_key", "second-value-0002");
  await secrets.set("third_api_key", "third-value-0003");
  await adding;
  expect(person.asked).toHaveLength(1);
  const keys = [passphrase(words)];
  await using by = await openSecrets({ directory, env: {}, keys });
  expect(await by.list()).toEqual(["first_api_key", "second_api_key", "third_api_key"]);
});

test("the first write asks before it has the lock, and once (cryptomator/cryptomator#1268)", async () => {
  const directory = join(temporaryFolder(), "store");
  const person = slowPerson(800);
  await using secrets = await openSecrets({ directory, env: {}, keys: [passphrase(person.ask)] });
  const setting = secrets.set("first_api_key", "first-value-0001");
  await sleep(100);
  const keys = [keyFile(join(directory, "some.key"))];
  await using other = await openSecrets({ directory, env: {}, keys, lockTimeout: 300 });
  await other.set("second_api_key", "second-value-0002");
  // The other one's store was first; no passphrase opens it.
  await expect(setting).rejects.toMatchObject({ code: "MISSING_KEY" });
  expect(await other.list()).toEqual(["second_api_key"]);
});

test("a key that another process changed is asked for without the lock", async () => {
  const directory = join(temporaryFolder(), "store");
  const person = slowPerson(1_000);
  await using first = await openSecrets({ directory, env: {}, keys: [passphrase(words)] });
  await first.set("first_api_key", "first-value-0001");
  await using second = await openSecrets({ directory, env: {}, keys: [passphrase(person.ask)] });
  await first.keys.rotateDataKey();
  const begun = person.asked.length;
  const removing = second.delete("absent_api_key").then(() => second.set("a_key", "a-value-0001"));
  await sleep(100);
  await using third = await openSecrets({
    directory,
    env: {},
    keys: [passphrase(words)],
    lockTimeout: 400,
  });
  await third.set("third_api_key", "third-value-0003");
  await removing;
  expect(person.asked.length - begun).toBe(1);
  await first.refresh();
  expect(await first.list()).toEqual(["a_key", "first_api_key", "third_api_key"]);
});

test("removing and rotating keys ask first, each person once", async () => {
  const directory = join(temporaryFolder(), "store");
  const person = slowPerson(600);
  const provider = passphrase(person.ask);
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  await secrets.keys.add(provider);
  const [file] = await secrets.keys.list();
  for (const change of [
    () => secrets.keys.rotateDataKey(),
    () => secrets.keys.rotate(),
    async () => secrets.keys.remove((await secrets.keys.list())[0]?.id ?? ""),
  ]) {
    const before = person.asked.length;
    const changing = change();
    await sleep(50);
    await using other = await openSecrets({
      ...{ directory, env: {}, lockTimeout: 400 },
      keys: [passphrase(words), keyFile(join(directory, "acc-secrets.key"))],
    });
    await other.set("other_api_key", `other-value-${before}`);
    await changing;
    expect(person.asked.length - before).toBeLessThanOrEqual(1);
  }
  expect((await secrets.keys.list()).map(({ id }) => id)).not.toContain(file?.id);
});
