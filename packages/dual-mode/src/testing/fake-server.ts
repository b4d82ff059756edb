import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { ClientOptions } from "../contract/client.ts";
import { PlayedBatches, type PlayedRequest, type PlayedResponse } from "./played-batches.ts";
import { written } from "./plays.ts";
import type { Script, Step } from "./script.ts";
import type { Sent, Stage } from "./stage.ts";
import type { HttpWire } from "./wire.ts";

/** Opens a stage with a server on loopback that plays what a rule asks for. */
export async function openServer(
  wire: HttpWire,
  reach: (url: string) => ClientOptions,
): Promise<Stage> {
  const scripts: { readonly script: Script; readonly mark: string }[] = [];
  const sent: Sent[] = [];
  const open = new Set<ServerResponse>();
  const played = wire.batches && new PlayedBatches();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer(async (request, response) => {
    open.add(response);
    response.once("close", () => open.delete(response));
    const asked = await received(request).catch(() => undefined);
    if (asked === undefined) return;
    sent.push(asked);
    const play = scripts.findLast(({ mark }) => asked.content.includes(mark));
    if (play !== undefined) return perform(response, play.script, released);
    const told = played && wire.batches?.(playedRequest(request, asked), played);
    if (told !== undefined) tell(response, told);
  });
  const closed = once(server, "close");
  const leave = () => {
    server.close();
    server.closeAllConnections();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    mode: "sdk",
    options: reach(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    answer: (answer) => wire.answer(answer),
    signOfLife: wire.signOfLife,
    reasons: wire.reasons ?? {},
    limits: (remaining, limit) => wire.limits?.(remaining, limit) ?? {},
    calls: (calls) => {
      const events = wire.calls?.(calls);
      return events && { steps: written(events), ending: "end" };
    },
    refusal: (failure) => {
      const { status, headers, body } = wire.failure(failure);
      return { status, headers: headers ?? {}, steps: [{ write: body }], ending: "end" };
    },
    models: (names) => {
      const body = wire.models?.(names);
      if (body === undefined) return undefined;
      const headers = { "content-type": "application/json" };
      return { headers, steps: [{ write: body }], ending: "end" };
    },
    played,
    play: (script, mark = "") => scripts.push({ script, mark }),
    turn: leave,
    release: () => release(),
    sent: () => sent,
    alive: () => open.size,
    async close() {
      leave();
      await closed;
    },
  };
}

async function received(request: IncomingMessage): Promise<Sent> {
  const surroundings = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const content = (await buffer(request)).toString();
  return { content, exposed: request.url ?? "", surroundings };
}

function playedRequest(
  { method = "GET", headers }: IncomingMessage,
  { exposed, surroundings, content: body }: Sent,
): PlayedRequest {
  const origin = `http://${headers.host}`;
  const { pathname: path, searchParams: query } = new URL(exposed, origin);
  return { method, path, query, headers: surroundings, body, origin };
}

function tell(response: ServerResponse, { status = 200, headers, body }: PlayedResponse): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function perform(
  response: ServerResponse,
  { status = 200, headers, steps, ending }: Script,
  released: Promise<void>,
): Promise<void> {
  if (steps.length > 0 || ending !== "cut") {
    response.writeHead(status, headers ?? { "content-type": "text/event-stream" });
    response.flushHeaders();
  }
  for (const step of steps) await take(response, step, released);
  if (ending === "cut") {
    await setTimeout(20);
    response.destroy();
  } else {
    response.end();
  }
}

async function take(response: ServerResponse, step: Step, released: Promise<void>): Promise<void> {
  if ("hold" in step) await released;
  if ("flood" in step) await flood(response, step.flood);
  if ("wait" in step) await setTimeout(step.wait);
  if (!("write" in step)) return;
  for (const piece of splitCharacters(Buffer.from(step.write))) {
    response.write(piece);
    await setImmediate();
  }
}

/** Writes as fast as the client reads, until it stops reading. */
async function flood(response: ServerResponse, bytes: number): Promise<void> {
  const gone = once(response, "close");
  for (let left = bytes; left > 0 && !response.destroyed; left -= 65_536) {
    if (!response.write("x".repeat(65_536))) await Promise.race([once(response, "drain"), gone]);
  }
}

/** Splits bytes in the middle of the first character that has several bytes. */
function splitCharacters(bytes: Buffer): readonly Buffer[] {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  return first < 0 ? [bytes] : [bytes.subarray(0, first + 1), bytes.subarray(first + 1)];
}
