import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openSecrets, type SecretsOptions } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export const audited = async (options: SecretsOptions = {}) => {
  const directory = join(temporaryFolder(), "store");
  const path = join(directory, "acc-secrets.audit.jsonl");
  const secrets = await openSecrets({ directory, env: {}, audit: { reads: true }, ...options });
  onTestFinished(() => secrets.close());
  await secrets.set("first_api_key", "first-value-0001");
  for (let count = 0; count < 3; count += 1) await secrets.get("first_api_key");
  const kinds = async () =>
    (await secrets.verifyAudit()).problems.map(({ kind, line, seq }) => [kind, line, seq]);
  const lines = (): string[] => readFileSync(path, "utf8").trimEnd().split("\n");
  const lastSeq = (): number => JSON.parse(lines().at(-1) ?? "").seq;
  return { directory, path, secrets, kinds, lines, lastSeq };
};
