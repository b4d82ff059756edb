import { expect, onTestFinished, test } from "vitest";
import { addKey, createAccess, createServer, fileKeys, type KeyOptions } from "../../src/index.ts";
import { clientOf } from "../support/clients.ts";
import { listen } from "../support/listen.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { begin, finish, piece, startVendor } from "../support/vendor.ts";

const ownerToken = "o".repeat(43);
const bodies = {
  "/v1/messages/count_tokens": { model: "p/m", messages: [{ role: "user", content: "hi" }] },
  "/v1/responses/input_tokens": { model: "p/m", input: "hi" },
};
type Path = keyof typeof bodies;

async function open(path: Path) {
  let answer = () => {};
  const told = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const vendor = await startVendor(async (response) => {
    begin(response);
    await told;
    piece(response, "late");
    finish(response, 1, 1);
  });
  const keys = fileKeys(temporaryFolder());
  const access = createAccess({ ownerToken, keys });
  const client = clientOf(vendor.url, {});
  const server = createServer({ clients: { p: client }, access });
  const { url, close } = await listen(server);
  onTestFinished(async () => {
    answer();
    await close();
    await client.close();
    await vendor.close();
  });
  const keyOf = async (options: Partial<KeyOptions>) =>
    (await addKey(keys, { name: "k", ...options })).token;
  const post = (path: string, token: string, body: object) =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const count = async (token: string, more: object = {}) => {
    const response = await post(path, token, { ...bodies[path], ...more });
    const { error } = (await response.json()) as { error?: { message: string } };
    return [response.status, error?.message ?? ""];
  };
  return { server, vendor, keyOf, post, count, answer };
}

test.each(Object.keys(bodies) as Path[])("%s counts a request a minute", async (path) => {
  const { keyOf, count } = await open(path);
  const token = await keyOf({ rpm: 2 });
  expect(await count(token)).toEqual([200, ""]);
  expect(await count(token)).toEqual([200, ""]);
  expect(await count(token)).toEqual([429, expect.stringContaining("2 requests")]);
  expect(await count(ownerToken)).toEqual([200, ""]);
});

test.each(Object.keys(bodies) as Path[])(
  "%s counts for the models of the key, and the owner's for any",
  async (path) => {
    const { keyOf, count } = await open(path);
    const token = await keyOf({ models: ["p/m"] });
    expect(await count(token)).toEqual([200, ""]);
    expect(await count(token, { model: "p/other" })).toEqual([
      403,
      expect.stringContaining('"p/other"'),
    ]);
    expect(await count(ownerToken, { model: "p/other" })).toEqual([200, ""]);
  },
);

test.each(Object.keys(bodies) as Path[])("%s is refused while the server closes", async (path) => {
  const { server, vendor, post, count, answer } = await open(path);
  const body = { model: "p/m", messages: [{ role: "user", content: "hi" }] };
  const call = post("/v1/chat/completions", ownerToken, body);
  await expect.poll(() => vendor.prompts.length, { timeout: 10_000 }).toBe(1);
  const closed = server.close();
  expect(await count(ownerToken)).toEqual([503, expect.stringContaining("closed")]);
  answer();
  expect((await call).status).toBe(200);
  await closed;
});
