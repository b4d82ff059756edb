import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { openSecrets } from "../../src/index.ts";
import { createFilesStore, type FilesStoreOptions } from "../../src/outside/files.ts";
import { testSecretStore } from "../../src/testing.ts";
import { failsWith } from "../codes.ts";
import { temporaryFolder } from "../temporary-folder.ts";

async function open(
  files: Readonly<Record<string, string>>,
  more: Partial<FilesStoreOptions> = {},
) {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { folder, store: createFilesStore({ folder, ...more }) };
}

describe("a folder of files", async () => {
  let probed = false;
  await testSecretStore(test, async (secrets) => {
    if (!probed) {
      probed = true;
      return createFilesStore({ folder: "/" });
    }
    return (await open(secrets)).store;
  });
});

test("a file's last line break is none of the value, and other files are named", async () => {
  const files = { groq_api_key: "groq-value-1\n", gemini_api_key: "gem-1\r\n", "Other.txt": "o-1" };
  const { store } = await open(files, { names: { openai_api_key: "Other.txt" } });
  const value = async (name: string) => (await store.get(name))?.value;
  expect(await value("GROQ-API.KEY")).toBe("groq-value-1");
  expect(await value("google_api_key")).toBe("gem-1");
  expect(await value("openai_api_key")).toBe("o-1");
  expect(await value("none_api_key")).toBeUndefined();
  expect(await store.list()).toEqual(["openai_api_key", "groq_api_key"]);
});

// microsoft/azuredevopslabs#715: a secret that is made on Windows begins with a mark of its encoding.
test("a file of Windows PowerShell's is the text in it, and what is no text is no value", async () => {
  const { folder, store } = await open({ utf8_api_key: "\ufeffutf8-value-1\r\n" });
  const write = (name: string, bytes: Buffer) => writeFile(join(folder, name), bytes);
  await write("utf16_api_key", Buffer.from("\ufeffutf16-value-1\r\n", "utf16le"));
  await write("latin_api_key", Buffer.from("p\u00e4ssword", "latin1"));
  expect(await store.get("utf8_api_key")).toEqual({ value: "utf8-value-1" });
  expect(await store.get("utf16_api_key")).toEqual({ value: "utf16-value-1" });
  await failsWith(() => store.get("latin_api_key"), "STORE_ANSWER_INVALID");
});

// kubernetes/kubernetes#65835: a mounted secret is a link to a link, which is replaced at once.
test("a secret that Kubernetes mounts is read, and what replaces it is found", async () => {
  const folder = await temporaryFolder();
  const version = async (name: string, value: string) => {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "groq_api_key"), value, { mode: 0o644 });
    await symlink(name, join(folder, "..data_tmp"));
    await rename(join(folder, "..data_tmp"), join(folder, "..data"));
  };
  await version("..2026_01", "groq-value-0001");
  await symlink(join("..data", "groq_api_key"), join(folder, "groq_api_key"));
  const clock = { time: 1_000_000 };
  const store = createFilesStore({ folder, now: () => clock.time, refreshAfter: 1_000 });
  expect((await store.get("groq_api_key"))?.value).toBe("groq-value-0001");
  expect(await store.list()).toEqual(["groq_api_key"]);
  await version("..2026_02", "groq-value-0002");
  clock.time += 1_000;
  expect((await store.get("groq_api_key"))?.value).toBe("groq-value-0002");
});

test("a folder that goes away is an outage: memory serves, a name never read fails", async () => {
  const clock = { time: 1_000_000 };
  const options = { now: () => clock.time, ttl: 600_000, onWarning: () => undefined };
  const { folder, store } = await open({ groq_api_key: "groq-value-1" }, options);
  await store.get("groq_api_key");
  await rm(folder, { recursive: true });
  clock.time += 120_000;
  expect(await store.get("groq_api_key")).toEqual({ value: "groq-value-1", stale: true });
  await failsWith(() => store.get("never_read_key"), "STORE_REFUSED");
  await failsWith(() => store.check?.(), "STORE_REFUSED");
  clock.time += 600_000;
  await failsWith(() => store.get("groq_api_key"), "STORE_REFUSED");
});

// hwkd/docker-secret#1: Kubernetes mounts a folder of its own beside them.
test("nothing outside the folder is read, and no folder or endless file is a value", async () => {
  const { folder, store } = await open({ big_key: "x".repeat(200_000) });
  await mkdir(join(folder, "folder_key"));
  await failsWith(() => store.get("folder_key"), "STORE_ANSWER_INVALID");
  await failsWith(() => store.get("big_key"), "STORE_ANSWER_INVALID");
  await rm(join(folder, "big_key"));
  expect(await store.list()).toEqual([]);
  expect(await store.get("a/../../etc/passwd")).toBeUndefined();
  const outside = { names: { a_key: "../etc/passwd" } };
  await failsWith(() => createFilesStore({ folder, ...outside }), "INVALID_OPTION");
  await failsWith(() => createFilesStore({ folder: "run/secrets" }), "INVALID_OPTION");
});

test("no secret stands in an error or a print", async () => {
  const canary = "sk-canary-Zq7w9x2k";
  const { folder, store } = await open({ canary_api_key: canary });
  await using secrets = await openSecrets({ store, env: {} });
  const kept = await secrets.get("canary_api_key");
  expect(kept?.reveal()).toBe(canary);
  await rm(folder, { recursive: true });
  const failure = await secrets.get("never_read_key").catch((thrown: unknown) => thrown);
  const prints = inspect([failure, kept, store, secrets], { depth: 12, showHidden: true });
  expect(prints).not.toContain(canary);
});
