import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import { fails, gives, type Play, playedClient, says } from "../support/played-client.ts";
import { type RunningServer, runServer, token } from "../support/running-server.ts";
import { sentJson } from "../support/sse.ts";

/** Requests with which people met a refusal, or half an answer, at other local servers. */
let running: RunningServer | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function open(play: Play) {
  const played = playedClient(play);
  running = await runServer({ clients: { p: played.client } });
  const { url } = running;
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const get = (path: string) => fetch(url + path, { headers });
  const post = (path: string, body: object) =>
    fetch(url + path, {
      method: "POST",
      headers,
      body: JSON.stringify({ model: "p/model-2", ...body }),
    });
  return { url, get, post, asked: played.asked };
}

const messages = [{ role: "user", content: "hi" }];

describe("what is asked", () => {
  // lmstudio-ai/lmstudio-bug-tracker#1988: 400 for two slashes, and no `created` in the list.
  it("with two slashes where one belongs is answered all the same", async () => {
    const { get, post } = await open(says("Hello"));
    expect((await post("//v1//chat/completions", { messages })).status).toBe(200);
    const model = await get("/v1/models//p/model-2");
    expect([model.status, await model.json()]).toEqual([
      200,
      { id: "p/model-2", object: "model", created: expect.any(Number), owned_by: "p" },
    ]);
  });

  // algorithmicsuperintelligence/optillm#272: "Cannot read properties of null (reading 'type')".
  it("with null for whatever is not wanted is answered", async () => {
    const { post } = await open(says("Hello"));
    const none = { response_format: null, tools: null, tool_choice: null, stop: null, n: null };
    const more = { stream_options: null, functions: null, function_call: null, max_tokens: null };
    expect((await post("/v1/chat/completions", { messages, ...none, ...more })).status).toBe(200);
    const text = { text: null, reasoning: null, metadata: null, instructions: null };
    const input = [{ role: "user", content: "hi" }];
    const answer = await post("/v1/responses", { input, ...text, tools: null, tool_choice: null });
    expect(answer.status).toBe(200);
  });

  // lmstudio-ai/lmstudio-bug-tracker#2203: a tool that takes nothing has an object without properties.
  it.each([[{ type: "object" }], [{}], [undefined]])(
    "with a tool whose parameters are %j is answered",
    async (parameters) => {
      const { post, asked } = await open(says("Hello"));
      const tools = [{ type: "function", function: { name: "now", parameters } }];
      expect((await post("/v1/chat/completions", { messages, tools })).status).toBe(200);
      expect(asked[0]?.tools?.[0]).toMatchObject({ name: "now" });
    },
  );

  // lmstudio-ai/lmstudio-bug-tracker#1064: 400 from the second turn on.
  it("of responses in its second turn keeps all turns", async () => {
    const { post, asked } = await open(says("Hello"));
    const input = [
      { role: "user", content: [{ type: "input_text", text: "one" }] },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "two" }] },
      { role: "user", content: [{ type: "input_text", text: "three" }] },
    ];
    const more = { instructions: "", store: false, truncation: "auto", service_tier: "auto" };
    const answer = await post("/v1/responses", { input, stream: true, ...more });
    expect(sentJson(await answer.text()).at(-1)).toMatchObject({ type: "response.completed" });
    expect(asked[0]?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  });

  // Portkey-AI/gateway#457: of several system messages only the last was sent.
  it("with several system messages keeps each", async () => {
    const { post, asked } = await open(says("Hello"));
    const system = (content: string) => ({ role: "system", content });
    const all = [system("Be brief."), system("Be kind."), ...messages];
    expect((await post("/v1/chat/completions", { messages: all })).status).toBe(200);
    const sent = JSON.stringify(asked[0]);
    expect([sent.includes("Be brief."), sent.includes("Be kind.")]).toEqual([true, true]);
  });

  // Portkey-AI/gateway#447: an assistant's content as a list was refused.
  it("with an assistant's content as a list keeps its text", async () => {
    const { post, asked } = await open(says("Hello"));
    const before = { role: "assistant", content: [{ type: "text", text: "earlier" }] };
    const all = [...messages, before, { role: "user", content: "on" }];
    expect((await post("/v1/chat/completions", { messages: all })).status).toBe(200);
    expect(JSON.stringify(asked[0]?.messages)).toContain("earlier");
  });

  // musistudio/claude-code-router#4, anthropics/claude-code#2663: an empty turn spoils the session.
  it("with a turn in which nothing is said is answered", async () => {
    const { post, asked } = await open(says("Hello"));
    const all = [
      ...messages,
      { role: "assistant", content: "" },
      { role: "user", content: [{ type: "text", text: "" }] },
      { role: "user", content: "on" },
    ];
    const answer = await post("/v1/messages", { messages: all, max_tokens: 9 });
    expect([answer.status, JSON.stringify(asked[0]?.messages).includes('""')]).toEqual([
      200,
      false,
    ]);
  });
});

describe("what is answered", () => {
  const tools = [{ type: "function", function: { name: "look", parameters: { type: "object" } } }];
  const emptyPiece = gives(
    { type: "tool-input", id: "c", name: "look", text: "" },
    { type: "tool-input", id: "c", name: "look", text: '{"at":' },
    { type: "tool-input", id: "c", name: "look", text: "" },
    { type: "tool-input", id: "c", name: "look", text: '"x"}' },
    { type: "tool-call", id: "c", name: "look", input: { at: "x" } },
  );
  const noPiece = gives({ type: "tool-call", id: "c", name: "look", input: { at: "x" } });

  // BerriAI/litellm#40069: an empty piece ended the stream. #27144: without any the arguments were
  // "{}"; #4537: "{}" stood before them.
  it.each([
    ["with empty pieces", emptyPiece],
    ["without pieces", noPiece],
  ])("a call of a tool %s has its arguments, whole, on each wire", async (_, play) => {
    const { post } = await open(play);
    const chunks = sentJson(
      await (await post("/v1/chat/completions", { messages, stream: true, tools })).text(),
    );
    const deltas = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    expect(deltas.map((call) => call.function.arguments ?? "").join("")).toBe('{"at":"x"}');

    const flat = [{ type: "function", name: "look", parameters: { type: "object" } }];
    const events = sentJson(
      await (await post("/v1/responses", { input: "hi", stream: true, tools: flat })).text(),
    );
    const kind = "response.function_call_arguments";
    const pieces = events.filter(({ type }) => type === `${kind}.delta`);
    expect(pieces.map(({ delta }) => delta).join("")).toBe('{"at":"x"}');
    expect(events.find(({ type }) => type === `${kind}.done`).arguments).toBe('{"at":"x"}');

    const named = [{ name: "look", input_schema: { type: "object" } }];
    const blocks = sentJson(
      await (
        await post("/v1/messages", { messages, max_tokens: 9, stream: true, tools: named })
      ).text(),
    );
    const inputs = blocks.filter(({ delta }) => delta?.type === "input_json_delta");
    expect(inputs.map(({ delta }) => delta.partial_json).join("")).toBe('{"at":"x"}');
  });

  // lmstudio-ai/lmstudio-bug-tracker#1089: without `annotations` strict clients take no answer.
  it("of responses has a list of annotations, also an empty one", async () => {
    const { post } = await open(says("Hello"));
    const answer = await (await post("/v1/responses", { input: "hi" })).json();
    const content = [{ type: "output_text", annotations: [] }];
    expect(answer).toMatchObject({ output: [{ content }] });
  });

  // ollama/ollama#18332, #14600: a stream that broke looked like one that had ended.
  it("of responses that breaks off ends as failed", async () => {
    const { post } = await open(fails(new Error("gone"), { type: "text", text: "Hel" }));
    const body = await (await post("/v1/responses", { input: "hi", stream: true })).text();
    const types = sentJson(body).map(({ type }) => type);
    expect(types).toContain("response.failed");
    expect(types).not.toContain("response.completed");
  });
});

describe("the tokens of a request", () => {
  const counted = async (body: object) => {
    const { url } = await open(says("never asked"));
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: token, maxRetries: 0 });
    return openai.responses.inputTokens.count(body);
  };

  it("are told to OpenAI's client, and more of them for more", async () => {
    const short = await counted({ model: "p/model-2", input: "hi" });
    expect(short).toEqual({ object: "response.input_tokens", input_tokens: expect.any(Number) });
    const { input_tokens: more } = await counted({
      model: "p/model-2",
      instructions: "Answer in one sentence, in the language of the question.",
      input: [{ role: "user", content: [{ type: "input_text", text: "word ".repeat(200) }] }],
      tools: [{ type: "function", name: "look", parameters: { type: "object" }, strict: false }],
    });
    expect(more).toBeGreaterThan(short.input_tokens + 150);
  });

  it("are told of a request that names no model, and of none", async () => {
    expect((await counted({ input: "hi" })).input_tokens).toBeGreaterThan(0);
    expect((await counted({})).input_tokens).toBeGreaterThanOrEqual(0);
  });

  it("are refused in OpenAI's form without a token, and for what is not kept", async () => {
    const { url, post, asked } = await open(says("never asked"));
    const path = "/v1/responses/input_tokens";
    const headers = { "content-type": "application/json" };
    const unknown = await fetch(url + path, { method: "POST", headers, body: "{}" });
    expect(unknown.status).toBe(401);
    expect(await unknown.json()).toMatchObject({ error: { type: "authentication_error" } });
    const kept = await post(path, { previous_response_id: "resp_1" });
    expect(kept.status).toBe(400);
    expect(await kept.json()).toMatchObject({ error: { param: "previous_response_id" } });
    expect(asked).toEqual([]);
  });
});
