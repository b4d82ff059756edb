import { describe, expect, test, vi } from "vitest";
import type { Caller } from "../../src/index.ts";
import { addKey, createAccess, revokeKey } from "../../src/index.ts";
import { ask, open, ownerToken, prices, refused } from "./open-access.ts";

describe("who it is", () => {
  test("the owner, on this machine", async () => {
    const { access } = open();
    for (const remoteAddress of ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.8.9.1"]) {
      expect(await access.identify(ownerToken, { remoteAddress })).toEqual({ kind: "owner" });
    }
    expect(await access.identify(ownerToken)).toEqual({ kind: "owner" });
  });

  test("the owner's token serves nobody beyond it", async () => {
    const { access } = open();
    const refusal = { status: 403, code: "OWNER_TOKEN_REFUSED" };
    for (const remoteAddress of ["192.168.1.4", "::ffff:10.0.0.1", "2001:db8::1", "128.0.0.1"]) {
      expect(await access.identify(ownerToken, { remoteAddress })).toMatchObject(refusal);
    }
    const remote = createAccess({ ownerToken, ownerFrom: "nowhere" });
    const local = { remoteAddress: "127.0.0.1" };
    expect(await remote.identify(ownerToken, local)).toMatchObject(refusal);
  });

  test("a key, which has a tenant of its own or the one that it was given", async () => {
    const { access, keys, enter } = open();
    const alone = await enter();
    expect(alone).toMatchObject({ kind: "key", name: "k", tenant: expect.stringMatching(/^key:/) });
    for (const name of ["a", "b"]) {
      const { token } = await addKey(keys, { name, tenant: "team" });
      expect(await access.identify(token)).toMatchObject({ name, tenant: "team" });
    }
  });

  test.each([
    ["no token", undefined],
    ["an empty one", ""],
    ["one of another service", `sk-ant-${"a".repeat(60)}`],
    ["one of the right form", `sk-acc-${"0".repeat(16)}-${"a".repeat(43)}`],
    ["the beginning of the owner's", ownerToken.slice(0, -1)],
    ["one that leads out of the folder", `sk-acc-../../../../etc/x-${"a".repeat(43)}`],
  ])("nobody: %s", async (_, token) => {
    expect(await open().access.identify(token)).toMatchObject({
      status: 401,
      code: "INVALID_TOKEN",
    });
  });

  test("a key with another secret, an expired one and a revoked one are nobody's", async () => {
    const { access, keys } = open();
    const { token } = await addKey(keys, { name: "k", expiresAt: Date.now() + 60_000 });
    const last = token.at(-1) === "A" ? "B" : "A";
    expect(await access.identify(token.slice(0, -1) + last)).toMatchObject({ status: 401 });
    vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ["Date"] });
    expect(await access.identify(token)).toMatchObject({ status: 401, code: "KEY_EXPIRED" });
    vi.useRealTimers();
    expect(await access.identify(token)).toMatchObject({ name: "k" });
    expect(await revokeKey(keys, "k")).toBe(true);
    expect(await access.identify(token)).toMatchObject({ status: 401, code: "INVALID_TOKEN" });
  });

  test.each([["", "short", `${"a".repeat(40)} b`]])("an owner token %j is refused", (token) => {
    expect(() => createAccess({ ownerToken: token })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
  });
});

describe("what cannot be looked up is refused", () => {
  // unkeyed/unkey#5365, #5282: open to all while the store is away.
  test("keys that cannot be read, and the owner is served", async () => {
    const failure = new Error("away");
    const heard: unknown[] = [];
    const { access, keys, enter } = open({ onError: (error) => heard.push(error) });
    const { token } = await addKey(keys, { name: "x" });
    const broken = createAccess({
      ownerToken,
      keys: { ...keys, find: () => Promise.reject(failure) },
      onError: (error) => heard.push(error),
    });
    expect(await broken.identify(token)).toMatchObject({
      status: 503,
      code: "ACCESS_UNAVAILABLE",
      retryAfter: 1_000,
    });
    expect(heard).toEqual([failure]);
    expect(await broken.identify(ownerToken)).toEqual({ kind: "owner" });
    expect(await access.reserve(await enter(), ask())).toHaveProperty("settle");
  });

  test("a budget that nobody keeps, and a caller whom this access does not know", async () => {
    const { keys } = open();
    const access = createAccess({ keys, prices });
    const { token } = await addKey(keys, { name: "x", budget: { usd: 1, per: "day" } });
    const caller = (await access.identify(token)) as Caller;
    expect(await refused(access, caller)).toMatchObject({ status: 503 });
    const forged: Caller = { kind: "key", id: "a", name: "a", tenant: "t" };
    expect(await refused(access, forged)).toMatchObject({ status: 503 });
  });
});
