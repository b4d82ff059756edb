import type { ChatRequest } from "@acc/dual-mode";
import { describe, expect, it, vi } from "vitest";
import type { Answer, LoopbackServer } from "../../scripts/loopback-server.ts";
import { plays } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { clis, type Target } from "./targets.ts";
import { told } from "./told.ts";
import { asksFor } from "./tool-answers.ts";
import { pixel } from "./warm-requests.ts";

const scene = new Scene();
const warmTargets = clis.filter(({ vendor }) => ["claude", "gemini", "openai"].includes(vendor));

const jsonSchema = { type: "object", properties: { colour: { type: "string" } } };
const schema = { jsonSchema, validate: (value: unknown) => value };
const tool = { name: "look_up", description: "Looks up a word", inputSchema: jsonSchema };

type Case = (word: string) => ChatRequest;

/** What Gemini CLI is told at its start. */
const startsWith = new Set(["a history", "an image"]);

/** The tools that a vendor is sent for a case. */
function toolsOf(name: string, { vendor }: Target): Scene["tools"] {
  if (name === "a tool") return [vendor === "claude" ? "mcp__acc__look_up" : "look_up"];
  return name === "a schema" && vendor === "claude" ? ["StructuredOutput"] : [];
}

const asks = (text: string) => [{ role: "user", content: text }] as const;

/** What is the same over the calls, and what each call says. */
const cases: Readonly<Record<string, Case>> = {
  "a prompt alone": (word) => ({ messages: asks(word) }),
  "a command's word": (word) => ({ messages: asks(`/compact ${word}`) }),
  "a system prompt": (word) => ({ system: "Be brief.\nBe kind.", messages: asks(word) }),
  "an effort": (word) => ({ reasoning: "high", messages: asks(word) }),
  "a history": (word) => ({
    messages: [...asks("First"), { role: "assistant", content: "Second" }, ...asks(word)],
  }),
  "an image": (word) => ({
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: word },
          { type: "image", mediaType: "image/png", data: pixel },
        ],
      },
    ],
  }),
  "a schema": (word) => ({ schema, messages: asks(word) }),
  "a tool": (word) => ({ tools: [tool], messages: asks(word) }),
  "300 KB": (word) => ({ messages: asks(`${word} ${"ü🎉".repeat(50_000)}`) }),
};

describe.each(warmTargets)("$name", (target) => {
  it.each(Object.entries(cases))(
    "sends the same as a run that is started for it: %s",
    async (name, asked) => {
      scene.tools = toolsOf(name, target);
      const server = await scene.serve(
        name === "a schema" ? red(target) : plays(target.vendor, "An answer"),
      );
      const cold = await sent(target, server, 0, [asked("gamma")]);
      const waiting = target.vendor === "gemini" && startsWith.has(name) ? 0 : 1;
      const both = [asked("alpha"), asked("gamma")];
      const warm = await sent(target, server, 1, both, waiting);
      expect([...cold.how, ...warm.how]).toEqual([
        undefined,
        undefined,
        waiting ? true : undefined,
      ]);
      const [first = "", second] = warm.received;
      expect([first.replace("alpha", "gamma"), second]).toEqual([
        cold.received[0],
        cold.received[0],
      ]);
    },
  );

  it("nothing is asked by a process that no call takes", async () => {
    const server = await scene.serve(plays(target.vendor, "An answer"));
    const client = scene.open(target, server.url, { standby: { count: 1, ttl: 2_000 } });
    await client.chat("Once");
    await vi.waitFor(() => expect(scene.processes()).toEqual([]), { timeout: 20_000 });
    await client.chat("Twice");
    await client.close();
    expect(callsIn(server.requests)).toHaveLength(2);
  });

  it("a failure of one call is not the next one's", async () => {
    const server = await scene.serve(plays(target.vendor, "An answer"));
    await using client = scene.open(target, server.url, { standby: 1 });
    await client.chat("One");
    await waits(target, 1);
    const error = { type: "overloaded_error", message: "Overloaded" };
    server.answer = (response) => {
      response.writeHead(529, { "content-type": "application/json" });
      response.end(JSON.stringify({ type: "error", error }));
    };
    await scene.failure(client.chat("Two"));
    await waits(target, 1);
    server.answer = plays(target.vendor, "Another answer");
    const reply = await client.chat("Three");
    expect(reply).toMatchObject({ text: "Another answer", warm: true });
    expect(callsIn(server.requests).at(-1)?.body).not.toContain("Two");
  });

  it("answers a burst, each call its own", { timeout: 120_000 }, async () => {
    const server = await scene.serve((response, request) => {
      const [number = "none"] = /question-\d/.exec(request.body) ?? [];
      return plays(target.vendor, `answer to ${number}`)(response, request);
    });
    await using client = scene.open(target, server.url, { standby: 2 });
    await client.chat("question-0");
    const questions = Array.from({ length: 6 }, (_, index) => `question-${index}`);
    const replies = await Promise.all(questions.map((question) => client.chat(question)));
    expect(replies.map(({ text }) => text)).toEqual(questions.map((each) => `answer to ${each}`));
  });
});

/** As many processes as wait, and no other, are there: Codex runs behind one of Node.js. */
async function waits({ vendor }: Target, count: number): Promise<void> {
  const all = vendor === "openai" ? 2 * count : count;
  await vi.waitFor(() => expect(scene.processes()).toHaveLength(all), { timeout: 20_000 });
}

/** An answer to the schema; Claude's CLI has the model give it by calling a tool. */
function red({ vendor }: Target): Answer {
  const call = { tool: "StructuredOutput", input: { colour: "red" } };
  return vendor === "claude"
    ? asksFor("claude", "Let me see. ", [call])
    : plays(vendor, '{"colour":"red"}');
}

/** What the server was sent by these calls, one behind the other, and whether a process had waited. */
async function sent(
  target: Target,
  server: LoopbackServer,
  standby: number,
  requests: readonly ChatRequest[],
  waiting = standby,
) {
  const before = callsIn(server.requests).length;
  await using client = scene.open(target, server.url, { standby });
  const how: (true | undefined)[] = [];
  for (const request of requests) {
    how.push((await client.chat(request)).warm);
    await waits(target, waiting);
  }
  return { how, received: callsIn(server.requests).slice(before).map(told) };
}
