import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createAccess } from "../../src/access/create-access.ts";
import { createServer } from "../../src/handler/create-server.ts";
import { clientOf } from "../../test/support/clients.ts";
import { listen } from "../../test/support/listen.ts";
import { answers, say } from "./child.ts";
import { keepAlive, ownerToken } from "./settings.ts";

/** The server that holds them: its bounds and timers are raised by its options, and nothing else is. */
const [, , vendor = "", streams = ""] = process.argv;
const hour = 3_600_000;
const timeout = { total: hour, firstPart: hour, idle: hour };
const client = clientOf(vendor, { timeout });
const access = createAccess({ ownerToken });
let inFlight = 0;
const maxCalls = Number(streams);
const server = createServer({
  clients: { p: client },
  access,
  maxCalls,
  keepAlive,
  onCall: () => {
    inFlight -= 1;
  },
});
const counted: typeof server = {
  ...server,
  fetch(request, info) {
    inFlight += 1;
    return server.fetch(request, info);
  },
};
const { port } = await listen(counted, { requestTimeout: 0, backlog: 4_096 });
say("listens", port);

answers(async (what) => {
  if (what === "resident") return resident();
  if (what === "descriptors") return descriptors();
  for (let waited = 0; inFlight > 0 && waited < 5_000; waited += 50) await sleep(50);
  return inFlight;
});

/** Files that this process may have open. */
function descriptors(): number {
  const limits = readFileSync("/proc/self/limits", "utf8");
  return Number(/Max open files +(\d+)/.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
}

/** Bytes of memory, as the system counts them. */
function resident(): number {
  const [, kilobytes = "0"] =
    /VmRSS:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return Number(kilobytes) * 1_024;
}
