import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { begin, finish, piece } from "../../test/support/vendor.ts";
import { answers, say } from "./child.ts";

/** A vendor that keeps all waiting until it is told to answer. */
const waiting: [ServerResponse, string][] = [];
const server = createServer(async (request, response) => {
  const { messages } = JSON.parse(await text(request));
  waiting.push([response, messages.at(-1).content]);
});
server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }, () => {
  say("listens", `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
});

answers(async (what, value) => {
  if (what === "until") while (waiting.length < Number(value)) await sleep(20);
  if (what === "answer") {
    for (const [response, prompt] of waiting) {
      begin(response);
      piece(response, `to ${prompt}`);
      finish(response, 10, 5);
    }
  }
});
