import { check } from "./tasks/check.ts";
import { damage } from "./tasks/damage.ts";
import { flight } from "./tasks/flight.ts";
import { hammer } from "./tasks/hammer.ts";
import { invalidate } from "./tasks/invalidate.ts";
import { openNew } from "./tasks/open-new.ts";
import type { Place } from "./tasks/place.ts";
import { threads } from "./tasks/threads.ts";
import { watch } from "./tasks/watch.ts";

const tasks = { check, damage, flight, hammer, invalidate, openNew, threads, watch };

/** What the parent sends: a task, the folder, and what the task needs. */
export interface Order extends Place {
  readonly task: keyof typeof tasks;
}

process.on("message", async (order: Order) => {
  const result = await tasks[order.task](order as never);
  process.send?.({ result });
});

process.send?.({ ready: true });
