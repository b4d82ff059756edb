import { setTimeout as sleep } from "node:timers/promises";
import { openCache } from "@acc/cache";
import { type Place, storeOf } from "./place.ts";

export interface FlightOrder extends Place {
  readonly callers: number;
  readonly milliseconds: number;
  /** Milliseconds since the epoch: the same for all processes. */
  readonly at: number;
}

export interface FlightResult {
  readonly runs: number;
  /** When the computation ended and when the last caller was answered, in ms since the epoch. */
  readonly computedAt: number;
  readonly answeredAt: number;
  readonly wrong: number;
}

/** Many callers with one request; tells the parent when it is this process that computes. */
export async function flight(order: FlightOrder): Promise<FlightResult> {
  const cache = openCache({ store: storeOf(order) });
  const cid = cache.key({ question: "one" });
  let runs = 0;
  let computedAt = 0;
  const compute = async () => {
    runs++;
    process.send?.({ computing: true });
    await sleep(order.milliseconds);
    computedAt = Date.now();
    return { answer: 42 };
  };
  await sleep(order.at - Date.now());
  const callers = Array.from({ length: order.callers }, () => cache.getOrCompute(cid, compute));
  const answers = await Promise.all(callers);
  const answeredAt = Date.now();
  const wrong = answers.filter(({ value }) => value.answer !== 42).length;
  await cache.close();
  return { runs, computedAt, answeredAt, wrong };
}
