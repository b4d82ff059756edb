import { describe, expect, it } from "vitest";
import { answerEvents, playsEvents, refuses, type Vendor } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { clis } from "./targets.ts";
import { itWhere } from "./where.ts";

const scene = new Scene();

/** How each vendor says that the answer was cut at its bound. */
const cuts: Readonly<Record<Vendor, readonly [said: string, cut: string]>> = {
  claude: ['"end_turn"', '"max_tokens"'],
  gemini: ['"STOP"', '"MAX_TOKENS"'],
  groq: ['"finish_reason":"stop"', '"finish_reason":"length"'],
  openai: [
    '"type":"response.completed","response":{',
    '"type":"response.incomplete","response":{"incomplete_details":{"reason":"max_output_tokens"},',
  ],
};

describe.each(clis)("$name", (target) => {
  const { vendor } = target;
  const events = answerEvents(vendor, ["A long ", "answer \u001b[1mthat"]);

  // anthropics/claude-code#24055, #69434
  it("gives an answer that was cut whole, asked once, as cut", async () => {
    const [said, cut] = cuts[vendor];
    const server = await scene.serve(playsEvents(events.map((each) => each.replace(said, cut))));
    await using client = scene.open(target, server.url);
    const reply = await client.chat("Hello");
    expect(reply).toMatchObject({
      text: "A long answer \u001b[1mthat",
      finishReason: "length",
    });
    expect(callsIn(server.requests)).toHaveLength(1);
  });

  itWhere(vendor === "claude", "ends at a full context window as at a bound", async () => {
    const full = '"model_context_window_exceeded"';
    const cut = events.map((each) => each.replace('"end_turn"', full));
    const server = await scene.serve(playsEvents(cut));
    await using client = scene.open(target, server.url);
    expect((await client.chat("Hello")).finishReason).toBe("length");
  });

  // anthropics/claude-code#2127, #29584
  itWhere(vendor === "claude", "says of a plan's limit that it is one", async () => {
    const message = "You've hit your weekly limit. It resets on Monday.";
    const server = await scene.serve(refuses(vendor, 429, { type: "rate_limit_error", message }));
    await using client = scene.open(target, server.url);
    const error = await scene.failure(client.chat("Hello"));
    expect(error.attempts[0]).toMatchObject({ code: "QUOTA_EXHAUSTED" });
  });

  // anthropics/claude-code#56806
  itWhere(vendor === "claude", "takes a schema that no argument could hold", async () => {
    scene.tools = ["StructuredOutput"];
    const description = "x".repeat(200_000);
    const jsonSchema = { type: "object", properties: { city: { type: "string", description } } };
    const schema = { jsonSchema, validate: (value: unknown) => value };
    const server = await scene.serve(playsEvents(events));
    await using client = scene.open(target, server.url);
    await scene.failure(client.chat({ messages: [{ role: "user", content: "Where?" }], schema }));
    expect(callsIn(server.requests)[0]?.body).toContain(description);
  });
});
