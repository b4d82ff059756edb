/**
 * One machine of many: it has a connection of its own and makes its share of the calls, so many at
 * once, and tells what came of them.
 */
import { sharedState } from "@acc/dual-mode/shared-state";
import { createClient } from "redis";
import { createGroq } from "../../../groq/dist/index.js";

const { url, redis, calls, atOnce } = JSON.parse(process.argv[2]);
const connection = redis && createClient({ url: redis, disableOfflineQueue: true });
connection?.on("error", () => {});
await connection?.connect();
const options = {
  baseUrl: url,
  only: "sdk",
  secrets: false,
  cache: false,
  timeout: 120_000,
  ...(connection && { state: sharedState(connection, { patience: 5_000 }) }),
};
// With a key of its own, so that what is compared is sharing and not how long ten processes take to start.
const first = createGroq({ ...options, apiKey: `test-key-of-${process.pid}` });
for (let call = 0; call < 20; call += 1) await first.chat(`Say ${call}`);
await first.close();
const client = createGroq({ ...options, apiKey: "test-key-that-opens-nothing" });
await new Promise((resolve) => {
  process.once("message", resolve);
  process.send("ready");
});
let [left, failed] = [calls, 0];
const work = async () => {
  while (left > 0) {
    left -= 1;
    await client.chat(`Say ${left}`).catch(() => {
      failed += 1;
    });
  }
};
await Promise.all(Array.from({ length: atOnce }, work));
await client.close();
connection?.destroy();
process.send({ failed });
process.disconnect();
