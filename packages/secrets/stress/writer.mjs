// Writes numbered values to its own names for ever, and says each number once it is acknowledged.
import { writeSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { openSecrets } from "@acc/secrets";

const [directory, writer, first, names, lockTimeout = 60_000] = process.argv.slice(2);
const secrets = await openSecrets({ directory, env: {}, lockTimeout: Number(lockTimeout) });
for (let count = Number(first); ; count += 1) {
  await secrets.set(`writer_${writer}_name_${count % Number(names)}`, `stress-value-${count}`);
  if (parentPort) parentPort.postMessage(count);
  else writeSync(1, `${count}\n`);
}
