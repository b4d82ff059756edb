import { memoryStore, openCache, redisStore } from "@acc/cache";
import {
  addKey,
  createAccess,
  createServer,
  fileKeys,
  type KeyStore,
  redisKeys,
  revokeKey,
} from "@acc/server";
import { expect, onTestFinished, test } from "vitest";
import { clientOf } from "../packages/server/test/support/clients.ts";
import { listen } from "../packages/server/test/support/listen.ts";
import { connect } from "../packages/server/test/support/redis-clients.ts";
import { hasRedisServer, startRedis } from "../packages/server/test/support/redis-server.ts";
import { temporaryFolder } from "../packages/server/test/support/temporary.ts";
import { begin, finish, piece, startVendor } from "../packages/server/test/support/vendor.ts";

const ownerToken = "o".repeat(43);

/** A vendor that takes its time, so that calls meet in flight. */
async function slowVendor() {
  const vendor = await startVendor((response, prompt) => {
    setTimeout(() => {
      begin(response);
      piece(response, `to ${prompt}`);
      finish(response, 10, 5);
    }, 300);
  });
  onTestFinished(() => vendor.close());
  return vendor;
}

async function serve(url: string, cache: ReturnType<typeof openCache>, keys: KeyStore) {
  const client = clientOf(url, { cache });
  const access = createAccess({ ownerToken, keys });
  const server = await listen(createServer({ clients: { p: client }, access }));
  onTestFinished(async () => {
    await server.close();
    await client.close();
    await cache.close();
  });
  return (token: string, input = "hi") =>
    fetch(`${server.url}/v1/responses`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": token },
      body: JSON.stringify({ model: "p/m", input }),
    });
}

// andreimerfu/pllm#17: kept answers are given to keys that are revoked or over their limits.
test("an answer that is kept is given to nobody who may not ask, and to no other tenant", async () => {
  const { url, prompts } = await slowVendor();
  const keys = fileKeys(temporaryFolder());
  const ask = await serve(url, openCache({ store: memoryStore() }), keys);
  const { token } = await addKey(keys, { name: "a", tenant: "team" });
  const other = (await addKey(keys, { name: "b", tenant: "team", rpm: 1 })).token;
  const stranger = (await addKey(keys, { name: "c" })).token;
  const cached = async (who: string) => {
    const response = await ask(who);
    await response.text();
    return response.headers.get("x-acc-cached") ?? response.status;
  };
  expect([await cached(token), await cached(token), await cached(other)]).toEqual([
    "false",
    "true",
    "true",
  ]);
  expect([await cached(stranger), await cached(ownerToken)]).toEqual(["false", "false"]);
  expect(await cached(other)).toBe(429);
  await revokeKey(keys, "a");
  expect(await cached(token)).toBe(401);
  expect(prompts).toHaveLength(3);
});

test.skipIf(!hasRedisServer())(
  "1,000 identical calls to two servers of one Redis are one call upstream",
  async () => {
    const vendor = await slowVendor();
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const connections = await Promise.all([connect.ioredis(redis.url), connect.ioredis(redis.url)]);
    onTestFinished(() => {
      for (const connection of connections) connection.end();
    });
    const [here, there] = await Promise.all(
      connections.map(({ client }) => {
        const cache = openCache({ store: redisStore({ client: client as never }) });
        return serve(vendor.url, cache, redisKeys(client));
      }),
    );
    const { token } = await addKey(redisKeys(connections[0]?.client as never), { name: "k" });
    const tries = Array.from({ length: 1_000 }, async (_, index) => {
      const response = await (index % 2 === 0 ? here : there)?.(token);
      return { status: response?.status, text: await response?.text() };
    });
    const all = await Promise.all(tries);
    expect(
      all.filter(({ status, text }) => status === 200 && text?.includes("to hi")),
    ).toHaveLength(1_000);
    expect(vendor.prompts).toEqual(["hi"]);
    expect((await here?.(token, "more"))?.headers.get("x-acc-cached")).toBe("false");
    expect((await there?.(token, "more"))?.headers.get("x-acc-cached")).toBe("true");
  },
  60_000,
);
