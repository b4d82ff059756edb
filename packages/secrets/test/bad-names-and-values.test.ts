import { expect, test } from "vitest";
import { openSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { folderBytes } from "./folder-bytes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const open = async () => {
  const directory = temporaryFolder();
  const secrets = await openSecrets({ directory, env: {} });
  await secrets.set("kept_api_key", "kept-value-0001");
  return { directory, secrets };
};

test.each<[string, unknown]>([
  ["NAME_EMPTY", ""],
  ["NAME_TOO_LONG", "x".repeat(257)],
  ["NAME_TOO_LONG", "x".repeat(64 * 1024)],
  ["NAME_NOT_STRING", 7],
  ["NAME_NOT_STRING", undefined],
  ["NAME_NOT_STRING", ["a"]],
  ["NAME_INVALID", "__proto__"],
  ["NAME_INVALID", "two words"],
  ["NAME_INVALID", "../up"],
  ["NAME_INVALID", "new\nline"],
])("%s: in every verb, and nothing changes", async (code, name) => {
  const { directory, secrets } = await open();
  const before = folderBytes(directory);
  await failsWith(() => secrets.set(name as string, "some-value-0002"), code);
  await failsWith(() => secrets.get(name as string), code);
  await failsWith(() => secrets.delete(name as string), code);
  expect(folderBytes(directory)).toEqual(before);
});

test.each<[string, unknown]>([
  ["VALUE_EMPTY", ""],
  ["VALUE_TOO_LONG", "v".repeat(64 * 1024 + 1)],
  ["VALUE_TOO_LONG", "é".repeat(40_000)],
  ["VALUE_NOT_STRING", 7],
  ["VALUE_NOT_STRING", null],
  ["VALUE_NOT_STRING", { secret: "some-hidden-value" }],
  ["VALUE_NEWLINE", "pasted-with-a-newline\n"],
  ["VALUE_NEWLINE", "carriage\rreturn-value"],
  ["VALUE_NUL", "with-a-nul\0-inside"],
  ["VALUE_NOT_TEXT", "half-a-pair-\ud800"],
])("%s: the message has no value, and nothing changes", async (code, value) => {
  const { directory, secrets } = await open();
  const before = folderBytes(directory);
  const message = await failsWith(() => secrets.set("kept_api_key", value as string), code);
  expect(message).not.toMatch(/pasted|carriage|with-a-nul|half-a-pair|hidden/);
  expect(folderBytes(directory)).toEqual(before);
});

test("the longest name and the longest value are kept", async () => {
  const { secrets } = await open();
  const name = "n".repeat(256);
  const value = "v".repeat(64 * 1024);
  await secrets.set(name, value);
  expect((await secrets.get(name))?.reveal()).toBe(value);
});

test("line breaks are kept where they are asked for", async () => {
  const { secrets } = await open();
  await secrets.set("pem_private_key", "-----BEGIN-----\nline\n", { multiline: true });
  expect((await secrets.get("pem_private_key"))?.reveal()).toBe("-----BEGIN-----\nline\n");
});

test.each(["kept-api-key", "kept.api.key", "KEPT_API_KEY", "Kept-Api.Key"])(
  "NAME_CONFLICT: %s is kept_api_key",
  async (name) => {
    const { directory, secrets } = await open();
    const before = folderBytes(directory);
    const message = await failsWith(() => secrets.set(name, "some-value-0003"), "NAME_CONFLICT");
    expect(message).toContain("kept_api_key");
    expect((await secrets.get(name))?.reveal()).toBe("kept-value-0001");
    expect(folderBytes(directory)).toEqual(before);
  },
);

test.each<[Record<string, unknown>, string]>([
  [{ direktory: "x" }, "direktory"],
  [{ encryption: "aes" }, "encryption"],
  [{ format: "vault" }, "format"],
  [{ precedence: "random" }, "precedence"],
  [{ path: "a", directory: "b" }, "path"],
  [{ keys: [] }, "keys"],
])("INVALID_OPTION: %o", async (options, named) => {
  expect(await failsWith(() => openSecrets(options), "INVALID_OPTION")).toContain(named);
});

test("after close every call is refused", async () => {
  const { secrets } = await open();
  await secrets.close();
  await secrets.close();
  for (const call of [
    () => secrets.get("kept_api_key"),
    () => secrets.set("kept_api_key", "some-value-0004"),
    () => secrets.list(),
    () => secrets.refresh(),
    () => secrets.keys.list(),
    () => secrets.as("ci"),
  ]) {
    await failsWith(call, "CLOSED");
  }
});
