import { heapNow } from "../../../scripts/stress-engine/heap-now.ts";
import { fileBudgets } from "../src/access/budgets/file-budgets.ts";
import { createAccess } from "../src/access/create-access.ts";
import { fileKeys } from "../src/access/keys/file-keys.ts";
import { createServer } from "../src/handler/create-server.ts";
import { clientOf } from "../test/support/clients.ts";
import { listen } from "../test/support/listen.ts";
import { prices, type ServerSettings } from "./settings.ts";

/** The server that is stressed, in a process of its own: told by its parent to look, and to end. */
const settings = JSON.parse(process.argv[2] ?? "") as ServerSettings;
const { folder, port, vendor, ownerToken } = settings;
const keys = fileKeys(`${folder}/keys`);
const budgets = fileBudgets(`${folder}/budgets`);
const access = createAccess({ ownerToken, keys, budgets, prices });
const timeout = { total: 8_000, firstPart: 1_500, idle: 1_500 };
const client = clientOf(vendor, { retry: 1, prices, timeout, waitForLimits: false });
const server = createServer({ clients: { p: client }, access, maxCalls: 200 });
const listening = await listen(server, {}, port);

process.on("message", async (what) => {
  if (what === "heap") process.send?.({ heap: await heapNow() });
  if (what === "end") {
    await listening.close();
    await client.close();
    process.send?.({ left: resources() });
    process.disconnect();
  }
});
process.send?.("ready");

/** Sockets that fetch keeps alive are nobody's: that none holds the process is seen by its end. */
function resources(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => /Timeout|Process|FSReq|Immediate/.test(kind));
}
