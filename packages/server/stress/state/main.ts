import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startLimitedServer } from "../../../../test/played/limited-server.ts";
import { startRedis } from "../../test/support/redis-server.ts";

/**
 * One key with a limit, and ten processes that know of each other by Redis alone: together they meet
 * no more refusals than one process would have met, plus ten.
 */
const calls = Number(process.env.ACC_STRESS_CALLS ?? 2_000);
const machines = 10;
const atOnce = 100;
/** Milliseconds: long beside the pauses of a busy machine, as a vendor's minute is. */
const interval = 2_000;
const limit = 50;
const slack = 10;

const redis = await startRedis();
process.exitCode = (await isHeld(redis.url)) ? 0 : 1;
await redis.stop();

async function isHeld(url: string): Promise<boolean> {
  const one = await round(1);
  const many = await round(machines, url);
  console.log(`${calls} calls by one process: ${one.refused} refusals, ${one.failed} failed`);
  console.log(`by ${machines} that share: ${many.refused} refusals, ${many.failed} failed`);
  return many.refused <= one.refused + slack && one.failed + many.failed === 0;
}

async function round(processes: number, shared?: string) {
  const headers = { "retry-after-ms": String(interval) };
  const server = await startLimitedServer({ shape: "window", limit, interval, headers });
  const order = { url: server.url, redis: shared, calls: calls / processes };
  const text = JSON.stringify({ ...order, atOnce: atOnce / processes });
  const workers = Array.from({ length: processes }, () =>
    fork(fileURLToPath(new URL("worker.mjs", import.meta.url)), [text], { execArgv: [] }),
  );
  const told = () =>
    Promise.all(
      workers.map(
        (worker) =>
          new Promise<{ readonly failed: number }>((resolve, reject) => {
            worker.once("message", (message) => resolve(message as { failed: number }));
            worker.once("exit", () => reject(new Error("A process ended before its calls did.")));
          }),
      ),
    );
  await told();
  const before = server.requests.length;
  const ends = told();
  for (const worker of workers) worker.send("go");
  const failed = (await ends).reduce((sum, end) => sum + end.failed, 0);
  await server.close();
  return { refused: server.requests.length - before - calls, failed };
}
