// Workers that write, one after another, each terminated at random; the host goes on with the next.
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

const [directory, writer, first, names, lockTimeout] = process.argv.slice(2);
let next = Number(first);
for (;;) {
  const argv = [directory, writer, String(next), names, lockTimeout];
  const worker = new Worker(fileURLToPath(new URL("./writer.mjs", import.meta.url)), {
    argv,
  });
  worker.on("message", (count) => {
    next = count + 1;
    process.stdout.write(`${count}\n`);
  });
  await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  await sleep(Math.random() * 30);
  await worker.terminate();
}
