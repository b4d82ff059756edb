/**
 * The server that holds them, as it is built and without the loader of TypeScript, which has a memory of
 * its own: its bounds and timers are raised by its options, and nothing else is.
 */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { chatCompletions, defineProvider } from "@acc/dual-mode/provider";
import { createAccess, createServer, nodeFetch, nodeServerOptions } from "@acc/server";
import { createAdaptorServer } from "@hono/node-server";

const { vendor, maxCalls, keepAlive, ownerToken } = JSON.parse(process.argv[2]);
const hour = 3_600_000;
const provider = defineProvider({
  id: "p",
  defaultModel: "m",
  sdk: chatCompletions({ baseUrl: vendor, supports: ["system", "multiTurn"] }),
});
const timeout = { total: hour, firstPart: hour, idle: hour };
const client = provider({ secrets: false, cache: false, retry: 0, timeout });
let inFlight = 0;
const server = createServer({
  clients: { p: client },
  access: createAccess({ ownerToken }),
  maxCalls,
  keepAlive,
  onCall: () => {
    inFlight -= 1;
  },
});
const fetch = nodeFetch(server);
const node = createAdaptorServer({
  fetch: (request, exchange) => {
    inFlight += 1;
    return fetch(request, exchange);
  },
  serverOptions: { ...nodeServerOptions, requestTimeout: 0 },
});
node.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 });
await once(node, "listening");

const answers = {
  resident: () => kilobytes(/VmRSS:\s+(\d+) kB/) * 1_024,
  descriptors: () => {
    const limits = readFileSync("/proc/self/limits", "utf8");
    return Number(/Max open files +(\d+)/.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
  },
  left: async () => {
    for (let waited = 0; inFlight > 0 && waited < 5_000; waited += 50) await sleep(50);
    return inFlight;
  },
};
process.on("message", async ([what]) => process.send([what, await answers[what]()]));
process.once("disconnect", () => process.exit());
process.send(["listens", node.address().port]);

/** As the system counts them. */
function kilobytes(line) {
  return Number(line.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
}
