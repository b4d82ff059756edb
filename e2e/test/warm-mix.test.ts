import type { ChatRequest, Client } from "@acc/dual-mode";
import { describe, expect, it, vi } from "vitest";
import type { Answer, RawRequest } from "../../scripts/loopback-server.ts";
import { seededRandom } from "../../scripts/stress-engine/random.ts";
import { plays } from "../../scripts/vendor-answers.ts";
import { callsIn, toolsOf } from "./received.ts";
import { Scene } from "./scene.ts";
import { newestClis, type Target } from "./targets.ts";
import { told } from "./told.ts";
import { asksFor } from "./tool-answers.ts";
import { anyKind } from "./warm-requests.ts";

/** Calls of both CLIs together; ACC_E2E_WARM_CALLS=200 is the whole. */
const calls = Number(process.env.ACC_E2E_WARM_CALLS ?? 24);
const ofKind = 3;
/** Gemini CLI takes three times as long to start. */
const shares = { claude: 0.75, gemini: 0.25 } as const;
const patience = { timeout: 60_000 };
const scene = new Scene();
const warmTargets = newestClis.filter(({ vendor }) => vendor === "claude" || vendor === "gemini");
const timeout = calls * 60_000;

describe.each(warmTargets)("$name", (target) => {
  it("sends in any mix what a run sends that is started for it", { timeout }, async () => {
    const random = seededRandom(25);
    scene.tools = callersTools;
    const server = await scene.serve(answers(target));
    const received = () => callsIn(server.requests);
    const count = Math.ceil(calls * shares[target.vendor as keyof typeof shares]);
    await using cold = scene.open(target, server.url);
    for (let first = 0; first < count; first += ofKind) {
      const { hasMore, request } = anyKind(random);
      const waits = hasMore && target.vendor === "gemini" ? 0 : 1;
      await using warm = scene.open(target, server.url, { standby: 1 });
      for (let number = first; number < first + ofKind; number += 1) {
        const word = wordOf(number);
        const asked = request(word);
        const ahead = await answerTo(warm, asked, received);
        const isAhead = number > first && waits === 1;
        expect(ahead.isWarm, `call ${number}`).toBe(isAhead);
        const anew = await answerTo(cold, asked, received);
        expect(ahead, `call ${number}`).toEqual({ ...anew, isWarm: isAhead });
        expect([...new Set(ahead.sent.match(/word-\d{4}-x/g))]).toEqual([word]);
        await vi.waitFor(async () => expect(await waitingOf(warm)).toBe(waits), patience);
      }
    }
  });
});

/** What came of a call, and what the server was sent for it. */
async function answerTo(
  client: Client,
  request: ChatRequest,
  received: () => readonly RawRequest[],
) {
  const before = received().length;
  const { warm = false, text, toolCalls } = await client.chat(request);
  const sent = received().slice(before).map(told).join();
  return { isWarm: warm, text, toolCalls: toolCalls.length, sent };
}

/** By the client, for with a long system prompt the process is not found by its environment. */
async function waitingOf(client: Client): Promise<number> {
  const [status] = await client.status();
  return status?.standby?.waiting ?? 0;
}

/** Claude's CLI has the model answer to a schema by calling a tool. */
function answers({ vendor }: Target): Answer {
  const call = [{ tool: "StructuredOutput", input: { city: "Graz" } }];
  return (response, request) => {
    const isAsked = toolsOf(request).some(({ name }) => name === "StructuredOutput");
    const answer = isAsked ? asksFor(vendor, "", call) : plays(vendor, '{"city":', '"Graz"}');
    return answer(response, request);
  };
}

/** Those of a request that are the caller's, or stand for a schema of the caller's. */
function callersTools(call: RawRequest): readonly string[] {
  const names = toolsOf(call).map(({ name = "" }) => name);
  return names.filter((name) => /^(StructuredOutput|(mcp__acc__)?look_up)$/.test(name));
}

function wordOf(number: number): string {
  return `word-${String(number).padStart(4, "0")}-x`;
}
