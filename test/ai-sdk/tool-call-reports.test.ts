import { createClaude } from "@acc/claude";
import { createGroq } from "@acc/groq";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import { dataEvent, plays, playsEvents } from "../../scripts/vendor-answers.ts";
import { claudePlays, inTurn } from "./claude-answers.ts";
import { bodyOf, collect, sdkAt, serve } from "./stage.ts";
import { versions } from "./versions.ts";

/** What people have met with other providers of the AI SDK where tools are called. */

interface Call {
  readonly id?: string | undefined;
  readonly at: string;
}

/** An answer of Groq's that calls the tool `look`, each call in two pieces. */
function groqCalls(calls: readonly Call[], finish_reason = "tool_calls"): Answer {
  const chunk = (delta: object, reason: string | null = null) =>
    dataEvent({ id: "c", model: "m", choices: [{ index: 0, delta, finish_reason: reason }] });
  const pieces = calls.flatMap(({ id, at }, index) => [
    { index, ...(id !== undefined && { id }), function: { name: "look", arguments: '{"at":' } },
    { index, function: { arguments: `${JSON.stringify(at)}}` } },
  ]);
  const sent = pieces.map((call) => chunk({ tool_calls: [call] }));
  return playsEvents([...sent, chunk({}, finish_reason), "data: [DONE]\n\n"]);
}

describe.each(versions)("with $name", ({ ai, createAcc }) => {
  const { generateText, streamText } = ai;
  const prompt = "Look.";
  const stopWhen = ai.stepCountIs(3);

  function toolsThat(execute: (input: { at: string }) => unknown) {
    const properties = { at: { type: "string" } } as const;
    const inputSchema = ai.jsonSchema<{ at: string }>({ type: "object", properties });
    return { look: ai.tool({ inputSchema, execute: async (input) => execute(input) }) };
  }
  const tools = toolsThat(({ at }) => `saw ${at}`);

  async function groqAt(...answers: Answer[]) {
    const server = await serve(inTurn(...answers));
    return { server, model: createAcc({ groq: createGroq(sdkAt(server)) })("groq") };
  }

  it("calls at once that have one id get each its own result (vercel/ai#4936, OpenRouterTeam/ai-sdk-provider#160)", async () => {
    const twice = groqCalls([
      { id: "call_1", at: "one" },
      { id: "call_1", at: "two" },
    ]);
    const { model, server } = await groqAt(twice, plays("groq", "Done."));
    await generateText({ model, prompt, tools, stopWhen });
    const { messages } = bodyOf(server);
    const asked = messages.at(-3).tool_calls.map(({ id }: { id: string }) => id);
    expect(new Set(asked).size).toBe(2);
    const results = messages.slice(-2) as { tool_call_id: string; content: string }[];
    expect(results.map(({ tool_call_id }) => tool_call_id)).toEqual(asked);
    expect(results.map(({ content }) => content)).toEqual(["saw one", "saw two"]);
  });

  it("a call to which its server gave no id has one, from its first piece on (binaricat/Netcatty#1007, XiaomiMiMo/MiMo-Code#2421)", async () => {
    const { model } = await groqAt(groqCalls([{ at: "it" }]), plays("groq", "Done."));
    const parts = await collect(streamText({ model, prompt, tools, stopWhen }).fullStream);
    const ids = parts.flatMap((part) => {
      if (part.type === "tool-call") return [part.toolCallId];
      return part.type === "tool-input-start" || part.type === "tool-input-end" ? [part.id] : [];
    });
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/./);
  });

  it('a call that ends with "stop" is run, and the next step asked for (strands-agents/harness-sdk#3206)', async () => {
    const stopped = groqCalls([{ id: "call_1", at: "it" }], "stop");
    const { model, server } = await groqAt(stopped, plays("groq", "Done."));
    const { text, steps } = await generateText({ model, prompt, tools, stopWhen });
    expect(text).toBe("Done.");
    expect(steps[0]?.finishReason).toBe("tool-calls");
    expect(server.requests).toHaveLength(2);
  });

  it("an abort while a tool runs ends the loop before the next request (vercel/ai#12878)", async () => {
    const called = groqCalls([{ id: "call_1", at: "it" }]);
    const { model, server } = await groqAt(called, plays("groq", "Done."));
    const control = new AbortController();
    const aborting = toolsThat(() => {
      control.abort();
      return "seen";
    });
    const { signal: abortSignal } = control;
    const result = generateText({ model, prompt, tools: aborting, stopWhen, abortSignal });
    await expect(result).rejects.toMatchObject({ name: "AbortError" });
    expect(server.requests).toHaveLength(1);
  });

  it("thoughts of which the vendor shows no text go back by their signature (earendil-works/pi#1878)", async () => {
    const server = await serve(
      inTurn(
        claudePlays(
          { thinking: "", signature: "sig-1" },
          { tool: "look", id: "toolu_1", input: { at: "it" } },
        ),
        plays("claude", "Done."),
      ),
    );
    const model = createAcc({ claude: createClaude(sdkAt(server)) })("claude");
    await streamText({ model, prompt, tools, stopWhen }).consumeStream();
    const thought = { type: "thinking", thinking: "", signature: "sig-1" };
    expect(bodyOf(server).messages.at(-2).content[0]).toEqual(thought);
  });

  it("the signature of a streamed answer without calls goes back in the next turn (OpenRouterTeam/ai-sdk-provider#423)", async () => {
    const first = claudePlays({ thinking: "I think.", signature: "sig-1" }, { text: "Hello." });
    const server = await serve(inTurn(first, plays("claude", "Fine.")));
    const model = createAcc({ claude: createClaude(sdkAt(server)) })("claude");
    const turn = [{ role: "user", content: "Hi." }] as const;
    const said = streamText({ model, messages: [...turn] });
    await said.consumeStream();
    const { messages } = await said.response;
    const again = [{ role: "user", content: "How are you?" }] as const;
    await generateText({ model, messages: [...turn, ...messages, ...again] });
    const thought = { type: "thinking", thinking: "I think.", signature: "sig-1" };
    expect(bodyOf(server).messages.at(-2).content[0]).toEqual(thought);
  });

  it("thoughts that are empty break no stream (vercel/ai#12054)", async () => {
    const chunk = (delta: object, reason: string | null = null) =>
      dataEvent({ id: "c", model: "m", choices: [{ index: 0, delta, finish_reason: reason }] });
    const events = [chunk({ reasoning: "" }), chunk({ content: "ok" }), chunk({}, "stop")];
    const { model } = await groqAt(playsEvents([...events, "data: [DONE]\n\n"]));
    const parts = await collect(streamText({ model, prompt }).fullStream);
    expect(parts.filter(({ type }) => type === "error")).toEqual([]);
    expect(parts.find(({ type }) => type === "text-delta")).toMatchObject({ text: "ok" });
  });

  it("calls of two steps that have one id stay two (vercel/ai#17347)", async () => {
    const { model, server } = await groqAt(
      groqCalls([{ id: "call_0", at: "one" }]),
      groqCalls([{ id: "call_0", at: "two" }]),
      plays("groq", "Done."),
    );
    const result = streamText({ model, prompt, tools, stopWhen });
    let last: { parts: readonly { type: string; output?: unknown }[] } | undefined;
    const stream = result.toUIMessageStream() as never;
    for await (const message of ai.readUIMessageStream({ stream })) last = message;
    const seen = last?.parts.filter(({ type }) => type === "tool-look").map(({ output }) => output);
    expect(seen).toEqual(["saw one", "saw two"]);
    expect(server.requests).toHaveLength(3);
  });
});
