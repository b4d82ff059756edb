import { createClaude } from "@acc/claude";
import type { ClientOptions } from "@acc/dual-mode";
import { createGroq } from "@acc/groq";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import {
  claudeEvent,
  dataEvent,
  openStream,
  plays,
  playsEvents,
} from "../../scripts/vendor-answers.ts";
import { type Block, claudeEvents, claudePlays, inTurn } from "./claude-answers.ts";
import { bodyOf, collect, sdkAt, serve } from "./stage.ts";
import { versions } from "./versions.ts";

/** What people have met with other providers of the AI SDK. */

const rejected: unknown[] = [];
const note = (reason: unknown) => rejected.push(reason);

afterEach(() => {
  process.off("unhandledRejection", note);
  rejected.length = 0;
});

const fault = claudeEvent({
  type: "error",
  error: { type: "overloaded_error", message: "Overloaded" },
});
const hangs: Answer = (response) => {
  openStream(response);
  response.write(
    claudeEvents([{ text: "Half of it all." }])
      .slice(0, 4)
      .join(""),
  );
};

describe.each(versions)("with $name", ({ ai, createAcc }) => {
  const { generateText, streamText } = ai;
  const prompt = "Hi";

  async function modelAt(answer: Answer, options: ClientOptions = {}) {
    const server = await serve(answer);
    const client = createClaude({ ...sdkAt(server), ...options });
    return { server, model: createAcc({ claude: client })("claude") };
  }

  const toolsOf = (schema: object) => ({
    look: ai.tool({
      inputSchema: ai.jsonSchema<object>(schema),
      execute: async (input) => `looked ${JSON.stringify(input)}`,
    }),
  });

  it("a tool without arguments is called with none, as it streams too (vercel/ai#2103, #10283)", async () => {
    const call: Block = { tool: "look", id: "toolu_1", input: {} };
    const events = claudeEvents([call]).filter((event) => !event.includes("input_json_delta"));
    const server = await serve(inTurn(playsEvents(events), plays("claude", "Done.")));
    const model = createAcc({ claude: createClaude(sdkAt(server)) })("claude");
    const result = streamText({
      model,
      prompt,
      tools: toolsOf({ type: "object" }),
      stopWhen: ai.stepCountIs(2),
    });
    expect(await result.text).toBe("Done.");
    expect(JSON.stringify(bodyOf(server).messages.at(-1))).toContain("looked {}");
  });

  it("a schema of a tool that does not say that it is an object is sent as one (vercel/ai#7005)", async () => {
    const { model, server } = await modelAt(plays("claude", "ok"));
    await generateText({ model, prompt, tools: toolsOf({}) });
    expect(bodyOf(server).tools[0].input_schema).toMatchObject({ type: "object", properties: {} });
    expect(JSON.stringify(bodyOf(server))).not.toContain("$schema");
  });

  it("an overload told within a stream that began is asked again (vercel/ai#2453)", async () => {
    const begun = claudeEvents([{ text: "x" }]).slice(0, 1);
    const { model, server } = await modelAt(
      inTurn(playsEvents([...begun, fault]), plays("claude", "ok")),
    );
    expect(await streamText({ model, prompt }).text).toBe("ok");
    expect(server.requests).toHaveLength(2);
  });

  it("one told behind a text is an error that says what it is (vercel/ai#18667)", async () => {
    const begun = claudeEvents([{ text: "Half of it all." }]).slice(0, 4);
    const { model } = await modelAt(playsEvents([...begun, fault]));
    const errors: unknown[] = [];
    const onError = ({ error }: { error: unknown }) => {
      errors.push(error);
    };
    await streamText({ model, prompt, onError }).consumeStream();
    expect(errors).toMatchObject([{ name: "AI_APICallError", data: { code: "OVERLOADED" } }]);
  });

  it("each text of an answer begins with its own start (vercel/ai#11765, OpenRouterTeam/ai-sdk-provider#103)", async () => {
    const { model } = await modelAt(
      claudePlays(
        { text: "First." },
        { thinking: "Hm.", signature: "s" },
        { text: "Second." },
        { tool: "look", id: "toolu_1", input: { at: "it" } },
        { text: "Third." },
      ),
    );
    const tools = toolsOf({ type: "object" });
    const { fullStream } = streamText({ model, prompt, tools });
    const open = new Set<string>();
    for await (const part of fullStream) {
      if (part.type === "text-start") open.add(part.id);
      if (part.type === "text-delta") expect(open).toContain(part.id);
      if (part.type === "text-end") expect(open.delete(part.id)).toBe(true);
    }
    expect(open.size).toBe(0);
    const again = streamText({ model, prompt, tools });
    let last: { parts: readonly { type: string }[] } | undefined;
    const stream = again.toUIMessageStream() as never;
    for await (const message of ai.readUIMessageStream({ stream })) last = message;
    const types = last?.parts.map(({ type }) => type);
    expect(types).toEqual(["step-start", "text", "reasoning", "text", "tool-look", "text"]);
  });

  it("an answer without counts of tokens is an answer (vercel/ai#12477)", async () => {
    const chunk = (delta: object, finish_reason: string | null) =>
      dataEvent({ id: "c", model: "m", choices: [{ index: 0, delta, finish_reason }] });
    const server = await serve(
      playsEvents([chunk({ content: "ok" }, null), chunk({}, "stop"), "data: [DONE]\n\n"]),
    );
    const model = createAcc({ groq: createGroq(sdkAt(server)) })("groq");
    const { text, usage } = await generateText({ model, prompt });
    expect(text).toBe("ok");
    expect(usage.inputTokens).toBeUndefined();
    const streamed = streamText({ model, prompt });
    expect(await streamed.text).toBe("ok");
    expect((await streamed.usage).totalTokens).not.toBe(Number.NaN);
  });

  it("tokens of the vendor's cache are counted once (vercel/ai#9921)", async () => {
    const { model } = await modelAt(claudePlays({ text: "ok" }));
    const { usage } = await generateText({ model, prompt });
    expect(usage).toMatchObject({ inputTokens: 16, outputTokens: 7, totalTokens: 23 });
    const { inputTokenDetails, cachedInputTokens } = usage as {
      inputTokenDetails?: { cacheReadTokens?: number };
      cachedInputTokens?: number;
    };
    expect(inputTokenDetails?.cacheReadTokens ?? cachedInputTokens).toBe(5);
  });

  it("a signal that was aborted before ends a stream at once (vercel/ai#6814)", async () => {
    const { model, server } = await modelAt(plays("claude", "ok"));
    const result = streamText({
      model,
      prompt,
      abortSignal: AbortSignal.abort(),
      onError: () => {},
    });
    const types = (await collect(result.fullStream)).map(({ type }) => type);
    expect(types).toContain("abort");
    expect(server.requests).toHaveLength(0);
  });

  it("an abort in mid-stream, for whatever reason, leaves nobody waiting and nothing unhandled (vercel/ai#15430, getsentry/sentry-javascript#24532)", async () => {
    process.on("unhandledRejection", note);
    for (const reason of ["enough", new Error("enough"), undefined]) {
      const { model } = await modelAt(hangs);
      const control = new AbortController();
      const result = streamText({ model, prompt, abortSignal: control.signal, onError: () => {} });
      let seen = "";
      for await (const part of result.fullStream) {
        if (part.type !== "text-delta") continue;
        seen += part.text;
        control.abort(reason);
      }
      expect(seen).toMatch(/^Half/);
      const ended = Promise.resolve(result.text).then(
        () => "ended",
        () => "ended",
      );
      await vi.waitFor(async () => expect(await ended).toBe("ended"));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rejected).toEqual([]);
  });

  it("a call that a vendor ran, and of which nothing came, breaks no next request (vercel/ai#13533)", async () => {
    const { model, server } = await modelAt(plays("claude", "ok"));
    await generateText({
      model,
      messages: [
        { role: "user", content: "Search." },
        {
          role: "assistant",
          content: [
            { type: "text", text: "I search." },
            {
              type: "tool-call",
              toolCallId: "s1",
              toolName: "search",
              input: {},
              providerExecuted: true,
            },
          ],
        },
        { role: "user", content: "And?" },
      ],
    });
    const [, assistant, user] = bodyOf(server).messages;
    expect(assistant.content.at(-1)).toMatchObject({ type: "tool_use" });
    expect(user.content[0]).toMatchObject({ type: "tool_result", is_error: true });
  });

  it("words instead of JSON are asked for again (vercel/ai#6510)", async () => {
    const { model, server } = await modelAt(
      inTurn(plays("claude", "last 1.5 hours"), plays("claude", '{"start":"now"}')),
    );
    const schema = ai.jsonSchema<object>({
      type: "object",
      properties: { start: { type: "string" } },
      required: ["start"],
    });
    const { object } = await ai.generateObject({ model, prompt, schema });
    expect(object).toEqual({ start: "now" });
    expect(server.requests).toHaveLength(2);
  });
});
