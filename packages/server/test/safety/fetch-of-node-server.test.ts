import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import type { CallRecord, RequestInfo } from "../../src/index.ts";
import { createAccess, createServer, nodeFetch } from "../../src/index.ts";
import type { NodeExchange } from "../../src/safety/fetch-of-node-server.ts";
import { clientOf } from "../support/clients.ts";
import { eventually } from "../support/eventually.ts";
import { listen } from "../support/listen.ts";
import { begin, piece, startVendor } from "../support/vendor.ts";

const ownerToken = "o".repeat(43);

async function informed(outgoing: EventEmitter & { closed: boolean; writableFinished: boolean }) {
  let info: RequestInfo = {};
  const fetch = nodeFetch({
    fetch: async (_, given = {}) => {
      info = given;
      return new Response();
    },
  });
  const incoming = { socket: { remoteAddress: "127.0.0.1" } };
  await fetch(new Request("http://localhost/"), { incoming, outgoing } as unknown as NodeExchange);
  return info;
}

const response = (state: { closed: boolean; writableFinished: boolean }) =>
  Object.assign(new EventEmitter(), state);

test("tells whence a request comes, and of a client that leaves before the answer's end", async () => {
  const outgoing = response({ closed: false, writableFinished: false });
  const info = await informed(outgoing);
  expect(info.remoteAddress).toBe("127.0.0.1");
  let left = 0;
  const stop = info.whenLeft?.(() => {
    left += 1;
  });
  outgoing.emit("close");
  expect(left).toBe(1);
  stop?.();
  expect(outgoing.listenerCount("close")).toBe(0);
});

test("an answer that has ended is not a client that left", async () => {
  const outgoing = response({ closed: false, writableFinished: false });
  let left = 0;
  (await informed(outgoing)).whenLeft?.(() => {
    left += 1;
  });
  outgoing.writableFinished = true;
  outgoing.emit("close");
  expect(left).toBe(0);
});

test("a client that has left by then is told of at once, and nothing listens on", async () => {
  const outgoing = response({ closed: true, writableFinished: false });
  let left = 0;
  (await informed(outgoing)).whenLeft?.(() => {
    left += 1;
  });
  expect([left, outgoing.listenerCount("close")]).toEqual([1, 0]);
});

test.each([
  ["before the first piece", false],
  ["in mid-answer", true],
])("the client that leaves %s ends the call upstream", async (_, isBegun) => {
  const vendor = await startVendor((answer) => {
    begin(answer);
    if (isBegun) piece(answer, "some");
  });
  const calls: CallRecord[] = [];
  const server = createServer({
    clients: { p: clientOf(vendor.url) },
    access: createAccess({ ownerToken }),
    onCall: (call) => calls.push(call),
  });
  const running = await listen(server);
  const control = new AbortController();
  const asked = fetch(`${running.url}/v1/chat/completions`, {
    method: "POST",
    signal: control.signal,
    headers: { authorization: `Bearer ${ownerToken}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "p/m",
      stream: true,
      messages: [{ role: "user", content: "hello" }],
    }),
  });
  asked.catch(() => {});
  await eventually(() => vendor.prompts).toEqual(["hello"]);
  if (isBegun) await (await asked).body?.getReader().read();
  control.abort();
  await eventually(() => vendor.left).toBe(1);
  await eventually(() => calls).toMatchObject([{ code: "ABORTED" }]);
  await running.close();
  await vendor.close();
});
