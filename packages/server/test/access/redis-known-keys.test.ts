import { describe, expect, onTestFinished, test, vi } from "vitest";
import { addKey, createAccess, hasKey, redisKeys, revokeKey } from "../../src/index.ts";
import { clientNames, connect } from "../support/redis-clients.ts";
import { hasRedisServer } from "../support/redis-server.ts";
import { redisScene, unavailable } from "./redis-scene.ts";

describe.skipIf(!hasRedisServer()).each(clientNames)("a key in Redis by %s", (name) => {
  const scene = redisScene(name);
  const { two } = scene;

  test("a key is known for its time and no longer, and one that was revoked is not", async () => {
    const { here, token, prefix } = await two();
    await revokeKey(here.keys, "k");
    const { token: again } = await addKey(here.keys, { name: "again" });
    const connection = await connect[name](scene.server.url);
    onTestFinished(() => connection.end());
    const strict = createAccess({
      keys: redisKeys(connection.client, { prefix, knownFor: 0 }),
    });
    for (const access of [here.access, strict]) {
      expect(await access.identify(token)).toMatchObject({ status: 401 });
      expect(await access.identify(again)).toMatchObject({ name: "again" });
    }
    await scene.server.kill();
    onTestFinished(() => scene.server.start());
    await vi.waitFor(
      async () => expect(await strict.identify(again)).toMatchObject(unavailable),
      5_000,
    );
    expect(await here.access.identify(again)).toMatchObject({ name: "again" });
    expect(await here.access.identify(token)).toMatchObject(unavailable);
  });

  test("a key that was revoked is not known any more, though it was looked up just then or Redis is away", async () => {
    const { here, token } = await two();
    const { token: other } = await addKey(here.keys, { name: "other" });
    for (const each of [token, other]) {
      expect(await here.access.identify(each)).toHaveProperty("name");
    }
    const all = [here.access.identify(token), revokeKey(here.keys, "k")];
    expect(await Promise.all(all)).toEqual([expect.objectContaining({ name: "k" }), true]);
    await scene.server.kill();
    onTestFinished(() => scene.server.start());
    await vi.waitFor(async () => {
      expect(await here.access.identify(other)).toMatchObject({ name: "other" });
      expect(here.access.away).toBeDefined();
    }, 5_000);
    expect(await here.access.identify(token)).toMatchObject(unavailable);
    expect(await hasKey(here.keys, "other")).toBe(true);
    await expect(revokeKey(here.keys, "other")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await here.access.identify(other)).toMatchObject(unavailable);
    expect(await hasKey(here.keys, "other")).toBe(true);
  });
});
