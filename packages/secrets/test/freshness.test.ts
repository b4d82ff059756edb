import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { openSecrets } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const count = vi.hoisted(() => ({ decryptions: 0, stats: 0 }));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const statSync = (...args: Parameters<typeof real.statSync>) => {
    count.stats += 1;
    return real.statSync(...args);
  };
  return { ...real, statSync };
});

vi.mock("../src/crypto.ts", async (original) => {
  const real = (await original<typeof import("../src/crypto.ts")>()).crypto();
  const createDecipheriv = (...args: Parameters<typeof real.createDecipheriv>) => {
    count.decryptions += 1;
    return real.createDecipheriv(...args);
  };
  return { crypto: () => ({ ...real, createDecipheriv }) };
});

test("get looks at the file at most every 100 ms, and decrypts only when it changed", async () => {
  const directory = join(temporaryFolder(), "store");
  await using writer = await openSecrets({ directory, env: {} });
  await writer.set("first_api_key", "first-value-0001");
  count.decryptions = 0;
  await using reader = await openSecrets({ directory, env: {} });
  expect(count.decryptions).toBeGreaterThan(0);
  const value = async () => (await reader.get("first_api_key"))?.reveal();
  expect(await value()).toBe("first-value-0001");

  Object.assign(count, { decryptions: 0, stats: 0 });
  const started = performance.now();
  for (let read = 0; read < 5000; read += 1) await value();
  const passed = performance.now() - started;
  expect(count.stats).toBeLessThanOrEqual(1 + passed / 100);
  await reader.refresh();
  await sleep(110);
  expect(await value()).toBe("first-value-0001");
  expect(count.decryptions).toBe(0);

  await writer.set("first_api_key", "first-value-0002");
  await reader.refresh();
  expect(await value()).toBe("first-value-0002");
  await writer.set("first_api_key", "first-value-0003");
  await sleep(110);
  expect(await value()).toBe("first-value-0003");
});

test("a process reads its own writes at once", async () => {
  const directory = join(temporaryFolder(), "store");
  await using secrets = await openSecrets({ directory, env: {} });
  for (let round = 0; round < 10; round += 1) {
    const kept = await secrets.set("first_api_key", `first-value-000${round}`);
    expect((await secrets.get("first_api_key"))?.reveal()).toBe(`first-value-000${round}`);
    expect(kept.version).toBe(round + 1);
  }
});
