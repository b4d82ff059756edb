import { Child } from "./child.ts";
import { keepAlive, ownerToken } from "./settings.ts";

/**
 * Streams that wait for their first piece, all at once, with signs of life: what the server holds of
 * each, and that each is answered in the end.
 */
const wanted = Number(process.env.ACC_STRESS_STREAMS ?? 10_000);
/** Bytes of memory that the server may have: of 10,000 a GiB, of fewer their share, but no less than it needs for a few. */
const most = (count: number) => Math.max(320 * 1024 ** 2, (count / 10_000) * 1024 ** 3);
const atOnce = 250;

const vendor = new Child(new URL("./vendor.ts", import.meta.url));
const url = await vendor.told("listens");
const settings = JSON.stringify({ vendor: url, maxCalls: wanted, keepAlive, ownerToken });
const server = new Child(new URL("./server.mjs", import.meta.url), settings);
const port = await server.told("listens");
// A stream has two connections: to who reads it, and to the vendor.
const descriptors = Number(await server.ask("descriptors"));
const streams = Math.min(wanted, Math.floor((descriptors - 100) / 2));
if (streams < wanted) {
  process.stdout.write(`A process may have ${descriptors} files open here (ulimit -n).\n`);
}
const before = Number(await server.ask("resident"));
const load = new Child(new URL("./load.ts", import.meta.url), String(port), String(streams));

await load.told("listens");
// No more at once than the system lets wait for a server that is busy.
for (let begun = 0; begun < streams; ) {
  begun = Math.min(streams, begun + atOnce);
  await load.ask("begin", begun);
  await vendor.ask("until", begun);
}
// Each has been given a sign of life, more than once.
await load.ask("alive", 2);
const resident = Number(await server.ask("resident"));
await vendor.ask("answer");
const { right, wrong } = (await load.told("ended")) as { right: number; wrong: string[] };
const left = await server.ask("left");
for (const child of [load, server, vendor]) await child.end();

const each = (resident - before) / streams;
const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
process.stdout.write(
  `${streams} streams that wait: ${megabytes(resident)} resident, ${megabytes(before)} before; ` +
    `${(each / 1024).toFixed(1)} KiB each; ${right} answered\n`,
);
const faults = [
  ...wrong.slice(0, 5),
  ...(right === streams ? [] : [`${streams - right} were not answered`]),
  ...(resident > most(streams) ? [`${megabytes(resident)} is too much for so many`] : []),
  ...(left === 0 ? [] : [`${left} calls are still in flight`]),
];
for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
