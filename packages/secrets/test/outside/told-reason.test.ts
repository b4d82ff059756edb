import { inspect } from "node:util";
import { expect, it } from "vitest";
import { createGcpStore } from "../../src/outside/gcp.ts";
import { createVaultStore } from "../../src/outside/vault.ts";

const secret = "hvs.token-that-is-no-json";
const address = "http://127.0.0.1:9";
const fromJson = () => JSON.parse(secret).token as string;
const missing = () => {
  throw Object.assign(new Error("no-such-file: it is not there"), { code: "ENOENT" });
};

const stores = {
  vault: (token: () => string) => createVaultStore({ address, auth: { method: "token", token } }),
  gcp: (token: () => string) => createGcpStore({ address, project: "my-project", token }),
};

it.each(Object.entries(stores))(
  "%s says no word of what could not be read as JSON, which may be the token",
  async (_, open) => {
    const error = await Promise.resolve(open(fromJson).get("groq_api_key")).catch((e) => e);
    expect(error).toMatchObject({ code: expect.stringMatching(/^STORE_/) });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret.slice(0, 8));
  },
);

it.each(Object.entries(stores))("%s says why a token's file cannot be read", async (_, open) => {
  const error = await Promise.resolve(open(missing).get("groq_api_key")).catch((e) => e);
  expect(error.message).toContain("no-such-file: it is not there");
});
