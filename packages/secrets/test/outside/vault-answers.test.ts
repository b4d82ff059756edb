import { expect, test } from "vitest";
import { createVaultStore } from "../../src/outside/vault.ts";
import { failsWith } from "../codes.ts";

const metadata = {
  created_time: "2018-03-22T02:24:06.945319214Z",
  custom_metadata: null,
  version: 2,
};
const wrapper = {
  request_id: "1",
  lease_id: "",
  renewable: false,
  lease_duration: 0,
  warnings: null,
};

/** What servers of several versions answered, as documents and reports have it: status and body. */
const shapes: readonly (readonly [what: string, status: number, body: unknown, means: unknown])[] =
  [
    [
      "the document's sample",
      200,
      { data: { data: { value: "value-0001" }, metadata } },
      "value-0001",
    ],
    [
      "itscontained/secret-manager#42, all members",
      200,
      { ...wrapper, data: { data: { value: "value-0001" }, metadata }, auth: null },
      "value-0001",
    ],
    ["no secret", 404, { errors: [] }, undefined],
    [
      "hashicorp/vault#4935, a version that was deleted",
      404,
      { ...wrapper, data: { data: null, metadata: { ...metadata, destroyed: false } } },
      undefined,
    ],
    ["a secret without the field", 200, { data: { data: { other: "x" }, metadata } }, undefined],
    [
      "hvac/hvac#473, no such mount",
      404,
      { errors: ['no handler for route "kv/data/x"'] },
      "STORE_REFUSED",
    ],
    [
      "itscontained/secret-manager#41, KV version 1",
      200,
      { ...wrapper, data: { value: "v" } },
      "STORE_ANSWER_INVALID",
    ],
    [
      "hashicorp/vault#4808, no path of the engine",
      200,
      { ...wrapper, data: null, warnings: ["Invalid path for a versioned K/V secrets engine."] },
      "STORE_ANSWER_INVALID",
    ],
    [
      "a number in the field",
      200,
      { data: { data: { value: 7 }, metadata } },
      "STORE_ANSWER_INVALID",
    ],
    ["a proxy's page", 200, undefined, "STORE_ANSWER_INVALID"],
    ["not initialized", 501, { errors: ["Vault is not initialized"] }, "STORE_UNAVAILABLE"],
    ["a performance standby", 473, undefined, "STORE_UNAVAILABLE"],
  ];

test.each(shapes)("%s", async (_, status, body, means) => {
  const text = body === undefined ? "<html>" : JSON.stringify(body);
  const store = createVaultStore({
    address: "https://vault.example.com:8200",
    auth: { method: "token", token: "hvs.token-0001" },
    timeout: 2_000,
    fetch: async (url) =>
      String(url).endsWith("lookup-self")
        ? new Response(JSON.stringify({ data: { ttl: 0, renewable: false } }))
        : new Response(text, { status }),
  });
  const read = async () => store.get("groq_api_key");
  const isCode = typeof means === "string" && /^STORE_/.test(means);
  if (isCode) await failsWith(read, means);
  else expect((await read())?.value).toBe(means);
});
