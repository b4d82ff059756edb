import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type KeyProvider, openSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { folderBytes } from "./folder-bytes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

async function store(options = {}) {
  const directory = join(temporaryFolder(), "store");
  await using secrets = await openSecrets({ directory, env: {}, ...options });
  await secrets.set("first_api_key", "first-value-0001");
  const path = join(directory, "acc-secrets.json");
  const edit = (change: (text: string) => string): void =>
    writeFileSync(path, change(readFileSync(path, "utf8")));
  return { directory, edit };
}

test.each([
  [
    "a thousand wraps",
    (text: string) =>
      text.replace(
        /("keys":\[)(\{.*?\})\]/,
        (_, start, wrap) => `${start}${Array(1_000).fill(wrap).join(",")}]`,
      ),
  ],
  [
    "parameters nested without end",
    (text: string) => text.replace('"wrapped"', `"params":{"x":${nested(200_000)}},"wrapped"`),
  ],
  [
    "keys nested without end",
    (text: string) => text.replace(/"keys":\[.*?\]/, `"keys":${nested(200_000)}`),
  ],
  ["nothing but brackets", () => nested(500_000)],
  ["brackets without end", () => "[".repeat(1_000_000)],
])("%s are damage, by a code, at once", async (_what, change) => {
  const { directory, edit } = await store();
  edit(change);
  const before = folderBytes(directory);
  const begun = performance.now();
  const error = await openSecrets({ directory, env: {} }).catch((caught) => caught);
  expect(["STORE_DAMAGED", "WRONG_FORMAT"]).toContain(error.code);
  expect(performance.now() - begun).toBeLessThan(3_000);
  expect(folderBytes(directory)).toEqual(before);
});

test("a plain-text body nested without end is refused by a code, at reading or at writing", async () => {
  const options = { encryption: "none" } as const;
  for (const from of ['"roles":{', '"entries":{', '"epochs":[', '"versions":[', '"versions":[{']) {
    const { directory, edit } = await store(options);
    const deep = nested(100_000);
    edit((text) =>
      text.replace(from, from.endsWith("[") ? `${from}${deep},` : `${from}"x":${deep},`),
    );
    const error = await openSecrets({ directory, env: {}, ...options })
      .then((secrets) => secrets.set("second_api_key", "second-value-0002"))
      .catch((caught) => caught);
    expect(error.code).toBe("STORE_DAMAGED");
  }
});

test("no more keys are added than are read", async () => {
  const directory = join(temporaryFolder(), "store");
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  const provider = (index: number): KeyProvider => {
    const key = Buffer.alloc(32, index);
    return { kind: "test", load: async () => [key], prepare: async () => ({ key }) };
  };
  for (let index = 1; index < 32; index += 1) await secrets.keys.add(provider(index));
  await failsWith(() => secrets.keys.add(provider(99)), "TOO_MANY_KEYS");
  await using again = await openSecrets({ directory, env: {} });
  expect((await again.get("first_api_key"))?.reveal()).toBe("first-value-0001");
});
