import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { openSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { folderBytes } from "./folder-bytes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export const store = async () => {
  const directory = join(temporaryFolder(), "store");
  const path = join(directory, "acc-secrets.json");
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  return { directory, path, key: join(directory, "acc-secrets.key") };
};

export const edit = (path: string, change: (envelope: Record<string, unknown>) => void): void => {
  const envelope = JSON.parse(readFileSync(path, "utf8"));
  change(envelope);
  writeFileSync(path, `${JSON.stringify(envelope)}\n`);
};

/** Opening must fail with the code and leave every byte as it was. */
export const refused = async (directory: string, code: string, options = {}): Promise<string> => {
  const before = folderBytes(directory);
  const message = await failsWith(() => openSecrets({ directory, env: {}, ...options }), code);
  expect(folderBytes(directory)).toEqual(before);
  return message;
};
