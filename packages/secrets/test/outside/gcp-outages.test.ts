import { expect, test } from "vitest";
import { openSecrets } from "../../src/index.ts";
import { failsWith } from "../codes.ts";
import { open } from "./gcp-scene.ts";
import { gcpServer, goodToken } from "./gcp-server.ts";

test("a token that expires in the middle of 1,000 calls fails none", async () => {
  const server = await gcpServer();
  server.secrets.set("acc-groq_api_key", ["groq-value-0001"]);
  let current = goodToken;
  const token = () => {
    if (!server.tokens.has(current)) current = `ya29.token-${server.lines.length}`;
    server.tokens.add(current);
    return current;
  };
  const store = open(server.address, { token, refreshAfter: 0, required: true });
  await using secrets = await openSecrets({ store, env: {} });
  for (let call = 0; call < 1_000; call += 1) {
    if (call % 400 === 399) server.tokens.clear();
    const secret = await secrets.get("groq_api_key");
    expect([secret?.reveal(), secret?.stale]).toEqual(["groq-value-0001", undefined]);
  }
});

const outages = [
  [429, "STORE_UNAVAILABLE"],
  [503, "STORE_UNAVAILABLE"],
  ["hang", "STORE_UNAVAILABLE"],
  [401, "STORE_REFUSED"],
  [403, "STORE_REFUSED"],
] as const;

async function survive([outage, code]: (typeof outages)[number]): Promise<void> {
  const server = await gcpServer();
  server.secrets.set("acc-groq_api_key", ["groq-value-0001"]);
  const clock = { time: 1_000_000 };
  const store = open(server.address, { now: () => clock.time, timeout: 3_000 });
  await store.get("groq_api_key");
  server.intercept = () => outage;
  clock.time += 120_000;
  const found = await store.get("groq_api_key");
  expect(found).toMatchObject({ value: "groq-value-0001", stale: true });
  await failsWith(() => store.get("never_read_key"), code);
  server.intercept = undefined;
  await store.refresh?.();
  const isStale = async () => (await store.get("groq_api_key"))?.stale;
  await expect.poll(isStale, { timeout: 15_000 }).toBeUndefined();
}

test("limited, failing, slow or refused: memory serves, and a name never read fails", async () => {
  await Promise.all(outages.map(survive));
}, 40_000);
