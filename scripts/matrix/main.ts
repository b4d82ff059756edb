import { cases, impossible } from "./cases.ts";
import { judge } from "./judge.ts";
import { hideGroqSdkOnce } from "./missing-once.ts";
import { makeCall, type Shape } from "./run-case.ts";
import { openScene } from "./scene.ts";

hideGroqSdkOnce();
const scene = await openScene();
const faults: string[] = [];
let count = 0;
try {
  for (const item of cases) {
    // The SDK can be missing once a process: then the other shape is not to be had.
    const shapes: readonly Shape[] =
      item.code === "SDK_NOT_INSTALLED" ? ["stream"] : ["chat", "stream"];
    for (const shape of shapes) {
      count += 1;
      const client = scene.client(item);
      const outcome = await makeCall(client, item, shape);
      await client.close();
      const fault = judge(item, outcome);
      const row = [
        item.vendor.padEnd(7),
        item.mode,
        shape.padEnd(6),
        item.code.padEnd(22),
        (item.play.endsWith(item.code) ? "" : item.play).padEnd(24),
        item.next.padEnd(25),
      ];
      process.stdout.write(
        `${row.join(" ")} ${String(outcome.ms).padStart(5)} ms  ${fault ?? "ok"}\n`,
      );
      if (fault !== undefined)
        faults.push(`${item.vendor} ${item.mode} ${shape} ${item.code} ${item.play}: ${fault}`);
    }
  }
} finally {
  await scene.remove();
}
for (const [what, why] of Object.entries(impossible))
  process.stdout.write(`${what}: cannot happen, ${why}\n`);
process.stdout.write(`${count - faults.length} of ${count} as the design has them\n`);
if (faults.length > 0) process.exitCode = 1;
