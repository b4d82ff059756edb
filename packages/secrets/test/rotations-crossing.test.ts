import { expect, test } from "vitest";
import { openSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { hour, open, plan } from "./rotation-scene.ts";

test("two rotations of one name at once: the second is refused", async () => {
  const { secrets, directory } = await open();
  await using other = await openSecrets({ directory, env: {} });
  const made = plan([], {
    create: async () => {
      await failsWith(() => other.rotate("vendor_api_key", plan([])), "ROTATION_IN_PROGRESS");
      return "vendor-value-2";
    },
  });
  await secrets.rotate("vendor_api_key", made);
});

test("set with an overlap keeps the version before valid for so long", async () => {
  const { clock, secrets } = await open();
  await secrets.set("vendor_api_key", "vendor-value-2", { overlap: hour });
  expect(await secrets.getAll("vendor_api_key")).toHaveLength(2);
  clock.now += hour;
  expect(await secrets.getAll("vendor_api_key")).toHaveLength(1);
  await secrets.set("vendor_api_key", "vendor-value-3");
  expect((await secrets.getAll("vendor_api_key")).map(({ version }) => version)).toEqual([3]);
});

test("who was taken over makes nothing current that another call is testing", async () => {
  const { secrets } = await open();
  const other: Promise<unknown>[] = [];
  const takeOver = plan([], {
    restart: true,
    create: async () => "vendor-value-of-other",
    test: async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return false;
    },
  });
  const first = plan([], {
    test: async () => {
      other.push(
        failsWith(() => secrets.rotate("vendor_api_key", takeOver), "ROTATION_TEST_FAILED"),
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
    },
  });
  await failsWith(() => secrets.rotate("vendor_api_key", first), "ROTATION_IN_PROGRESS");
  await Promise.all(other);
  expect((await secrets.get("vendor_api_key"))?.reveal()).toBe("vendor-value-1");
});

test("a value that was set after a rotation stopped is the current one, whatever waited", async () => {
  const { secrets } = await open();
  const calls: string[] = [];
  const failing = plan(calls, { test: async () => false });
  await failsWith(() => secrets.rotate("vendor_api_key", failing), "ROTATION_TEST_FAILED");
  await secrets.set("vendor_api_key", "vendor-value-by-hand");
  const { version } = await secrets.rotate("vendor_api_key", plan(calls));
  expect(calls.slice(1)).toEqual([
    "revoke vendor-value-2",
    "create after 3",
    "test vendor-value-4",
  ]);
  expect((await secrets.get("vendor_api_key"))?.version).toBe(version);
  expect((await secrets.get("vendor_api_key"))?.reveal()).toBe("vendor-value-4");
});

test("a value that was set after a revoke failed is rotated, and not taken for the new one", async () => {
  const { secrets } = await open();
  const revoke = () => Promise.reject(new Error("no"));
  const failing = plan([], { overlap: 0, revoke });
  await failsWith(() => secrets.rotate("vendor_api_key", failing), "ROTATION_REVOKE_FAILED");
  await secrets.set("vendor_api_key", "vendor-value-by-hand");
  const calls: string[] = [];
  await secrets.rotate("vendor_api_key", plan(calls, { overlap: 0 }));
  expect(calls[0]).toBe("create after 3");
  expect((await secrets.get("vendor_api_key"))?.reveal()).toBe("vendor-value-4");
});
