import { existsSync } from "node:fs";
import { secretsPath } from "@acc/secrets";
import { openFile } from "../secrets/open-file.ts";
import { tokenName, tokenVariable } from "../serve/owner-token.ts";

/**
 * The owner's token, if it can be read without a question: from ACC_SERVER_TOKEN, else from the
 * store. A fault of the store is reported by the first call that needs a key from it.
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
