import { existsSync } from "node:fs";
import { secretsPath } from "@acc/secrets";
import { openFile } from "../secrets/open-file.ts";
import { tokenName, tokenVariable } from "../serve/owner-token.ts";

/**
 * The owner's token, where it can be had without a question: of ACC_SERVER_TOKEN, else of the store.
 * What is wrong with the store is told by the first call that needs a key of it.
 */
export async function knownToken(): Promise<string | undefined> {
  const given = process.env[tokenVariable];
  if (given) return given;
  if (!existsSync(secretsPath())) return undefined;
  try {
    const secrets = await openFile(() => {});
    try {
      return (await secrets.get(tokenName))?.reveal();
    } finally {
      await secrets.close();
    }
  } catch {
    return undefined;
  }
}
