import type { PriceFunction } from "@acc/dual-mode";
import type { CallRecord } from "../contract/call-record.ts";
import { CallLog } from "./call-log.ts";
import { Minutes } from "./minutes.ts";
import type { ShownCall } from "./shown-call.ts";

/** Recent activity: the last calls, and the minutes of a day. All of it is in memory. */
export class Recent {
  readonly minutes: Minutes = new Minutes();
  readonly calls: CallLog;
  readonly #prices: PriceFunction | undefined;

  constructor(mostCalls: number, prices: PriceFunction | undefined) {
    this.calls = new CallLog(mostCalls);
    this.#prices = prices;
  }

  add(record: CallRecord): void {
    const savedUsd = this.#saved(record);
    const call: ShownCall = savedUsd === undefined ? record : { ...record, savedUsd };
    this.calls.add({ call, minute: this.minutes.add(call) });
  }

  #saved({ cached, joined, usage, provider, model }: CallRecord): number | undefined {
    if (!(cached || joined) || usage === undefined) return undefined;
    if (usage.cost !== undefined) return usage.cost;
    if (provider === undefined || model === undefined) return undefined;
    return this.#prices?.(usage, model, provider);
  }
}
