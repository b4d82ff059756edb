import { setTimeout as delay } from "node:timers/promises";
import { type ChatRequest, type Client, DualModeError } from "@acc/dual-mode";
import { describe, expect, it, vi } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import { seededRandom } from "../../scripts/stress-engine/random.ts";
import { openStream, plays, refuses, type Vendor } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { newestClis } from "./targets.ts";

/** Calls of both CLIs together; ACC_E2E_WARM_CALLS=200 is the whole. */
const calls = Number(process.env.ACC_E2E_WARM_CALLS ?? 30);
/** Gemini CLI takes three times as long to start. */
const shares = { claude: 0.75, gemini: 0.25 } as const;
const atOnce = 3;
const patience = { timeout: 60_000 };
const scene = new Scene();
const warmTargets = newestClis.filter(({ vendor }) => vendor === "claude" || vendor === "gemini");
const ways = ["refused", "cut", "silent", "aborted", "killed"] as const;
type Way = (typeof ways)[number] | "right";
/** Processes that were killed: what one of them has asked may be asked once more. */
let killed = 0;
const timeout = calls * 60_000;

describe.each(warmTargets)("$name", (target) => {
  it("answers rightly or by a code, one of five failing or killed", { timeout }, async () => {
    const random = seededRandom(26);
    scene.requestsPerAttempt = "any";
    killed = 0;
    const server = await scene.serve(fails(target.vendor));
    const client = scene.open(target, server.url, { standby: 2 });
    const count = Math.ceil(calls * shares[target.vendor as keyof typeof shares]);
    const ends: string[] = [];
    let next = 0;
    const worker = async () => {
      while (next < count) {
        const way = ways[Math.floor(random() * ways.length)] as Way;
        ends.push(await ask(client, next++, random() < 0.2 ? way : "right"));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    expect(ends.filter((end) => end.startsWith("WRONG"))).toEqual([]);
    expect(ends).toHaveLength(count);
    await client.chat(questionOf(count, "right"));
    await vi.waitFor(() => expect(scene.processes()).toHaveLength(2), patience);
    expect(await client.chat(questionOf(count + 1, "right"))).toMatchObject({ warm: true });
    await client.close();
    const asked = callsIn(server.requests).map(({ body }) => new Set(body.match(question)));
    expect(asked.filter(({ size }) => size !== 1)).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(count + 2 + killed);
  });
});

const question = /question-\d+-x way:\w+/g;

function questionOf(number: number, way: Way): ChatRequest {
  return { messages: [{ role: "user", content: `question-${number}-x way:${way}` }] };
}

/** "right", the code of an error, or, where it should not have ended so, "WRONG …". */
async function ask(client: Client, number: number, way: Way): Promise<string> {
  const stop = new AbortController();
  const call = client.chat(questionOf(number, way), { signal: stop.signal });
  const meanwhile = delay((number % 10) * 100).then(() => {
    if (way === "aborted") stop.abort();
    if (way === "killed") killOne();
  });
  try {
    const { text } = await call;
    return text === `answer to question-${number}-x` ? "right" : `WRONG ${text} to ${number}`;
  } catch (error) {
    return DualModeError.is(error) ? error.code : `WRONG ${String(error)}`;
  } finally {
    await meanwhile;
  }
}

/** One of those that are there: it waits, is being started, or answers. */
function killOne(): void {
  const [pid] = scene.processes();
  if (pid === undefined) return;
  process.kill(pid, "SIGKILL");
  killed += 1;
}

/** Answers a question, in the way that it names. */
function fails(vendor: Vendor): Answer {
  return async (response, request) => {
    const [, number = "none"] = /question-(\d+)-x/.exec(request.body) ?? [];
    const [, way = "right"] = /way:(\w+)/.exec(request.body) ?? [];
    const error = { type: "api_error", message: "Internal server error" };
    if (way === "refused") return refuses(vendor, 500, error)(response, request);
    if (way === "cut") return void response.socket?.destroy();
    if (way === "silent") {
      openStream(response);
      return void response.end();
    }
    if (way === "killed" || way === "aborted") await delay(500);
    return plays(vendor, `answer to question-${number}-x`)(response, request);
  };
}
