import { expect, test } from "vitest";
import { openSecrets } from "../../src/index.ts";
import { failsWith } from "../codes.ts";
import { withKey } from "./aws-scene.ts";

const message = "Rate exceeded";
const expired = "The security token included in the request is expired";

const outages = [
  [{ status: 400, type: "ThrottlingException", message }, "STORE_UNAVAILABLE"],
  [{ status: 500, type: "InternalServiceError", message: "" }, "STORE_UNAVAILABLE"],
  [{ status: 400, type: "ExpiredTokenException", message: expired }, "STORE_REFUSED"],
  [{ status: 400, type: "AccessDeniedException", message: "no" }, "STORE_REFUSED"],
  ["hang" as const, "STORE_UNAVAILABLE"],
] as const;

async function survive([outage, code]: (typeof outages)[number]): Promise<void> {
  const { server, clock, store } = await withKey();
  await using secrets = await openSecrets({ store, env: {} });
  await secrets.get("groq_api_key");
  server.intercept = () => outage;
  clock.time += 120_000;
  const secret = await secrets.get("groq_api_key");
  expect([secret?.reveal(), secret?.stale]).toEqual(["groq-value-0001", true]);
  await failsWith(() => store.get("never_read_key"), code);
  server.intercept = undefined;
  await secrets.refresh();
  const isStale = async () => (await secrets.get("groq_api_key"))?.stale;
  await expect.poll(isStale, { timeout: 15_000 }).toBeUndefined();
}

test("throttled, failing, slow or expired, memory serves, and a name never read fails", async () => {
  await Promise.all(outages.map(survive));
}, 40_000);
