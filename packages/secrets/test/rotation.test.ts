import { expect, test } from "vitest";
import { failsWith } from "./codes.ts";
import { hour, open, plan } from "./rotation-scene.ts";

test("create, pending, test, current, overlap, revoke", async () => {
  const { clock, secrets } = await open();
  const calls: string[] = [];
  const result = await secrets.rotate("vendor_api_key", plan(calls));
  expect(result).toEqual({ name: "vendor_api_key", version: 2, revoked: [] });
  expect(calls).toEqual(["create after 1", "test vendor-value-2"]);
  const values = async () => (await secrets.getAll("vendor_api_key")).map((one) => one.reveal());
  expect(await values()).toEqual(["vendor-value-2", "vendor-value-1"]);
  clock.now += hour;
  expect(await values()).toEqual(["vendor-value-2"]);
  const due = await secrets.rotateDue({ vendor_api_key: plan(calls) });
  expect(due.rotated).toEqual([{ name: "vendor_api_key", version: 2, revoked: [1] }]);
  expect(calls.at(-1)).toBe("revoke vendor-value-1");
});

test("without overlap the old one is revoked at once, after the new one is current", async () => {
  const { secrets } = await open();
  const calls: string[] = [];
  const revoke = async (): Promise<void> => {
    calls.push(`current is ${(await secrets.get("vendor_api_key"))?.reveal()}`);
  };
  await secrets.rotate("vendor_api_key", plan(calls, { overlap: 0, revoke }));
  expect(calls.at(-1)).toBe("current is vendor-value-2");
  expect(await secrets.getAll("vendor_api_key")).toHaveLength(1);
});

test("a failed test leaves the current one; the next call tests the same pending one", async () => {
  const { secrets } = await open();
  const calls: string[] = [];
  const failing = plan(calls, { test: async () => false });
  await failsWith(() => secrets.rotate("vendor_api_key", failing), "ROTATION_TEST_FAILED");
  expect((await secrets.get("vendor_api_key"))?.reveal()).toBe("vendor-value-1");
  expect(await secrets.getAll("vendor_api_key")).toHaveLength(1);
  await secrets.rotate("vendor_api_key", plan(calls));
  expect(calls).toEqual(["create after 1", "test vendor-value-2"]);
  expect((await secrets.get("vendor_api_key"))?.version).toBe(2);
});

test("a value that the issuer refused is dropped, and the next call makes another", async () => {
  const { secrets } = await open();
  const ids: string[] = [];
  const values = ["vendor-value-bad", "vendor-value-good"];
  const tested: string[] = [];
  const made = plan([], {
    create: async ({ rotationId }) => {
      ids.push(rotationId);
      return values.shift() ?? "";
    },
    test: async (secret) => {
      tested.push(secret.reveal());
      if (secret.reveal().endsWith("bad")) throw new Error("401: no vendor-value-bad here.");
    },
    isRefusal: (failure) => /401/.test(String(failure)),
    revoke: async (secret) => expect(secret.reveal()).not.toBe("vendor-value-bad"),
  });
  const message = await failsWith(
    () => secrets.rotate("vendor_api_key", made),
    "ROTATION_TEST_FAILED",
  );
  expect(message).toContain("refused and dropped: 401: no [redacted] here.");
  expect((await secrets.get("vendor_api_key"))?.reveal()).toBe("vendor-value-1");
  expect(await secrets.rotateDue({ vendor_api_key: made })).toMatchObject({ rotated: [] });
  await secrets.rotate("vendor_api_key", made);
  expect(tested).toEqual(["vendor-value-bad", "vendor-value-good"]);
  expect(new Set(ids).size).toBe(2);
  expect((await secrets.get("vendor_api_key"))?.version).toBe(3);
  expect((await secrets.verifyAudit()).problems).toEqual([]);
});

test("a failed test that is no refusal keeps the value, and says how to go on", async () => {
  const { secrets } = await open();
  const calls: string[] = [];
  const unreachable = async (): Promise<never> => {
    throw new Error("ECONNREFUSED");
  };
  const failing = plan(calls, { test: unreachable, isRefusal: () => false });
  const message = await failsWith(
    () => secrets.rotate("vendor_api_key", failing),
    "ROTATION_TEST_FAILED",
  );
  expect(message).toMatch(/ECONNREFUSED.*\{ restart: true \}/);
  await secrets.rotate("vendor_api_key", plan(calls));
  expect(calls).toEqual(["create after 1", "test vendor-value-2"]);
});

test("who goes on with an earlier value is told of it first, and can stop", async () => {
  const { clock, secrets } = await open();
  const since = new Date(clock.now);
  const calls: string[] = [];
  await failsWith(
    () => secrets.rotate("vendor_api_key", plan(calls, { test: async () => false })),
    "ROTATION_TEST_FAILED",
  );
  clock.now += hour;
  const stopping = plan(calls, {
    onResume: async ({ secret, createdAt, isCurrent }) => {
      expect([secret.reveal(), createdAt, isCurrent]).toEqual(["vendor-value-2", since, false]);
      throw Object.assign(new Error("not that one"), { code: "NOT_THAT_ONE" });
    },
  });
  await failsWith(() => secrets.rotate("vendor_api_key", stopping), "NOT_THAT_ONE");
  const onResume = async (): Promise<void> => {
    calls.push("resume");
  };
  await secrets.rotate("vendor_api_key", plan(calls, { onResume }));
  await secrets.rotate("vendor_api_key", plan(calls, { onResume, restart: true }));
  expect(calls).toEqual([
    "create after 1",
    "resume",
    "test vendor-value-2",
    "create after 2",
    "test vendor-value-3",
  ]);
});

test("a failed revoke says that the new value is current and the old one is not revoked", async () => {
  const { clock, secrets } = await open();
  const calls: string[] = [];
  const revoke = async (): Promise<never> => {
    throw new Error("the vendor is down");
  };
  await secrets.rotate("vendor_api_key", plan(calls));
  clock.now += hour;
  const message = await failsWith(
    () => secrets.rotate("vendor_api_key", plan(calls, { revoke })),
    "ROTATION_REVOKE_FAILED",
  );
  expect(message).toContain(
    "has the new value, version 3; the old one, version 1, was NOT revoked: the vendor is down.",
  );
  expect(message).not.toContain("as it was");
  const resumed: unknown[] = [];
  const result = await secrets.rotate(
    "vendor_api_key",
    plan(calls, { onResume: async ({ isCurrent }) => resumed.push(isCurrent) }),
  );
  expect(resumed).toEqual([true]);
  expect(result).toMatchObject({ version: 3, revoked: [1] });
  expect(calls.at(-1)).toBe("revoke vendor-value-1");
});

test("restart gives the pending one up and makes another", async () => {
  const { secrets } = await open();
  const calls: string[] = [];
  const failing = plan(calls, { test: async () => false });
  await failsWith(() => secrets.rotate("vendor_api_key", failing), "ROTATION_TEST_FAILED");
  await secrets.rotate("vendor_api_key", plan(calls, { restart: true }));
  expect(calls).toEqual([
    "create after 1",
    "revoke vendor-value-2",
    "create after 1",
    "test vendor-value-2",
  ]);
  expect((await secrets.get("vendor_api_key"))?.version).toBe(3);
});

test("a failed create is called again with the same id", async () => {
  const { secrets } = await open();
  const ids: string[] = [];
  const create = async ({ rotationId }: { rotationId: string }): Promise<string> => {
    ids.push(rotationId);
    if (ids.length === 1) throw new Error("the vendor is down");
    return "vendor-value-9";
  };
  const made = plan([], { create });
  const message = await failsWith(
    () => secrets.rotate("vendor_api_key", made),
    "ROTATION_CREATE_FAILED",
  );
  expect(message).toMatch(/create failed: the vendor is down.*current value is as it was/);
  await secrets.rotate("vendor_api_key", made);
  expect(new Set(ids).size).toBe(1);
  await secrets.rotate("vendor_api_key", made);
  expect(new Set(ids).size).toBe(2);
});

test("a failed revoke is tried again, and nothing is created anew", async () => {
  const { secrets } = await open();
  const calls: string[] = [];
  const failing = plan(calls, {
    overlap: 0,
    revoke: async () => {
      throw new Error("the vendor is down");
    },
  });
  await failsWith(() => secrets.rotate("vendor_api_key", failing), "ROTATION_REVOKE_FAILED");
  expect((await secrets.get("vendor_api_key"))?.reveal()).toBe("vendor-value-2");
  const result = await secrets.rotate("vendor_api_key", plan(calls, { overlap: 0 }));
  expect(result).toEqual({ name: "vendor_api_key", version: 2, revoked: [1] });
  expect(calls).toEqual(["create after 1", "test vendor-value-2", "revoke vendor-value-1"]);
});

test("rotateDue rotates what has a plan, reports the rest, and one failure stops no other", async () => {
  const { clock, secrets } = await open();
  await secrets.set("manual_api_key", "manual-value-1", { rotateAfter: hour });
  await secrets.set("failing_api_key", "failing-value-1", { rotateAfter: hour });
  await secrets.set("lasting_api_key", "lasting-value-1");
  expect(await secrets.rotateDue()).toEqual({ rotated: [], due: [], failed: [] });
  clock.now += 24 * hour;
  const failing = plan([], {
    create: async () => {
      throw new Error("the vendor is down");
    },
  });
  const report = await secrets.rotateDue({ "vendor-api-key": plan([]), failing_api_key: failing });
  expect(report.rotated.map(({ name, version }) => [name, version])).toEqual([
    ["vendor_api_key", 2],
  ]);
  expect(report.due).toEqual(["manual_api_key"]);
  expect(report.failed.map(({ name }) => name)).toEqual(["failing_api_key"]);
  expect((await secrets.rotateDue({ vendor_api_key: plan([]) })).rotated).toEqual([]);
});

test("a name that is not there and a bad new value are refused", async () => {
  const { secrets } = await open();
  await failsWith(() => secrets.rotate("absent_api_key", plan([])), "NOT_FOUND");
  const empty = plan([], { create: async () => "" });
  await failsWith(() => secrets.rotate("vendor_api_key", empty), "ROTATION_CREATE_FAILED");
  expect((await secrets.get("vendor_api_key"))?.version).toBe(1);
});
