import { machine } from "./machine.ts";
import type { Bench, Settings } from "./report.ts";

/** One bench in a process of its own: `bench-process.ts NAME`; its settings come as a message. */
process.once("disconnect", () => process.exit(1));
process.once("message", async (settings: Settings) => {
  const { bench } = (await import(`../${process.argv[2]}/bench.ts`)) as { bench: Bench };
  const report = await bench.run(settings);
  process.send?.({ title: bench.title, machine: machine(), report }, () => process.exit(0));
});
