import type { ChatRequest } from "@acc/dual-mode";
import { describe, expect, it, vi } from "vitest";
import type { LoopbackServer, RawRequest } from "../../scripts/loopback-server.ts";
import { plays } from "../../scripts/vendor-answers.ts";
import { clis, type Door } from "./doors.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";

const scene = new Scene();
const warmDoors = clis.filter(({ vendor }) => vendor === "claude" || vendor === "gemini");

/** A PNG of one pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const jsonSchema = { type: "object", properties: { colour: { type: "string" } } };
const tool = { name: "look_up", description: "Looks up a word", inputSchema: jsonSchema };

type Case = (word: string) => ChatRequest;

/** What Gemini CLI is told at its start. */
const startsWith = new Set(["a history", "an image"]);

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
  "a tool": (word) => ({ tools: [tool], messages: asks(word) }),
  "300 KB": (word) => ({ messages: asks(`${word} ${"ü🎉".repeat(50_000)}`) }),
};

describe.each(warmDoors)("$name", (door) => {
  it.each(Object.entries(cases))(
    "sends the same as a run that is started for it: %s",
    async (name, asked) => {
      if (name === "a tool")
        scene.tools = [door.vendor === "claude" ? "mcp__acc__look_up" : "look_up"];
      const server = await scene.serve(plays(door.vendor, "An answer"));
      const cold = await sent(door, server, 0, [asked("gamma")]);
      const waiting = door.vendor === "gemini" && startsWith.has(name) ? 0 : 1;
      const both = [asked("alpha"), asked("gamma")];
      const warm = await sent(door, server, 1, both, waiting);
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
    const server = await scene.serve(plays(door.vendor, "An answer"));
    const client = scene.open(door, server.url, { standby: { count: 1, ttl: 2_000 } });
    await client.chat("Once");
    await vi.waitFor(() => expect(scene.processes()).toEqual([]), { timeout: 20_000 });
    await client.chat("Twice");
    await client.close();
    expect(callsIn(server.requests)).toHaveLength(2);
  });

  it("a failure of one call is not the next one's", async () => {
    const server = await scene.serve(plays(door.vendor, "An answer"));
    await using client = scene.open(door, server.url, { standby: 1 });
    await client.chat("One");
    await waits(1);
    const error = { type: "overloaded_error", message: "Overloaded" };
    server.answer = (response) => {
      response.writeHead(529, { "content-type": "application/json" });
      response.end(JSON.stringify({ type: "error", error }));
    };
    await scene.failure(client.chat("Two"));
    await waits(1);
    server.answer = plays(door.vendor, "Another answer");
    const reply = await client.chat("Three");
    expect(reply).toMatchObject({ text: "Another answer", warm: true });
    expect(callsIn(server.requests).at(-1)?.body).not.toContain("Two");
  });

  it("answers a burst, each call its own", { timeout: 120_000 }, async () => {
    const server = await scene.serve((response, request) => {
      const [number = "none"] = /question-\d/.exec(request.body) ?? [];
      return plays(door.vendor, `answer to ${number}`)(response, request);
    });
    await using client = scene.open(door, server.url, { standby: 2 });
    await client.chat("question-0");
    const questions = Array.from({ length: 6 }, (_, index) => `question-${index}`);
    const replies = await Promise.all(questions.map((question) => client.chat(question)));
    expect(replies.map(({ text }) => text)).toEqual(questions.map((each) => `answer to ${each}`));
  });
});

/** As many processes as wait, and no other, are there. */
async function waits(count: number): Promise<void> {
  await vi.waitFor(() => expect(scene.processes()).toHaveLength(count), { timeout: 20_000 });
}

/** What the server was sent by these calls, one behind the other, and whether a process had waited. */
async function sent(
  door: Door,
  server: LoopbackServer,
  standby: number,
  requests: readonly ChatRequest[],
  waiting = standby,
) {
  const before = callsIn(server.requests).length;
  await using client = scene.open(door, server.url, { standby });
  const how: (true | undefined)[] = [];
  for (const request of requests) {
    how.push((await client.chat(request)).warm);
    await waits(waiting);
  }
  return { how, received: callsIn(server.requests).slice(before).map(told) };
}

const id = /acc-run-\w+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\b[\da-f]{64}\b/g;

/** A request with its ids taken out, and what the transport alone says. */
function told({ method, path, headers, body }: RawRequest) {
  const kept = Object.entries(headers).filter(([name]) => !/^(host|connection)$/.test(name));
  return JSON.stringify({ method, path, headers: Object.fromEntries(kept), body }).replace(
    id,
    "ID",
  );
}
