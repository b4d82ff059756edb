import { afterEach, describe, expect, it, vi } from "vitest";
import { gives, hangs, type Play, playedClient, says } from "../support/played-client.ts";
import { type RunningServer, runServer, token } from "../support/running-server.ts";
import { sentJson } from "../support/sse.ts";

/** What people met at other local servers; each is named where it was reported. */
let running: RunningServer | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function open(play: Play) {
  const played = playedClient(play);
  running = await runServer({ clients: { p: played.client } });
  const { url, calls } = running;
  const post = (path: string, body: object, signal?: AbortSignal) =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ model: "p", ...body }),
      ...(signal && { signal }),
    });
  return { post, calls, asked: played.asked };
}

const messages = [{ role: "user", content: "hi" }];
const bash = {
  name: "Bash",
  description: "Runs a command.",
  input_schema: { type: "object", properties: { command: { type: "string" } } },
};
const twoCalls = gives(
  { type: "text", text: "I look." },
  { type: "tool-input", id: "a", name: "Bash", text: '{"command":' },
  { type: "tool-input", id: "b", name: "Bash", text: '{"command":"date"' },
  { type: "tool-input", id: "a", name: "Bash", text: '"pwd"}' },
  { type: "tool-call", id: "a", name: "Bash", input: { command: "pwd" } },
  { type: "tool-input", id: "b", name: "Bash", text: "}" },
  { type: "tool-call", id: "b", name: "Bash", input: { command: "date" } },
);

describe("who leaves", () => {
  // BerriAI/litellm#37140: without a stream; #31499: with one, before its first piece.
  it.each([
    ["/v1/chat/completions", false],
    ["/v1/chat/completions", true],
    ["/v1/responses", false],
    ["/v1/responses", true],
    ["/v1/messages", false],
    ["/v1/messages", true],
  ])("ends the call before anything came of it: %s, stream %s", async (path, stream) => {
    const ended = vi.fn();
    const { post, calls, asked } = await open((request, signal) => {
      signal.addEventListener("abort", ended, { once: true });
      return hangs()(request, signal);
    });
    const control = new AbortController();
    const body = path === "/v1/responses" ? { input: "hi" } : { messages, max_tokens: 9 };
    const left = post(path, { ...body, stream }, control.signal).catch(() => "left");
    await vi.waitFor(() => expect(asked).toHaveLength(1), 10_000);
    control.abort();
    expect(await left).toBe("left");
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1), 10_000);
    await vi.waitFor(() => expect(calls).toMatchObject([{ status: 499 }]), 10_000);
  });
});

describe("calls of tools", () => {
  // BerriAI/litellm#13373: Claude Code gives up a stream that has a piece of a block which is not open.
  // router-for-me/CLIProxyAPI#1741, #3776: the name is another, the input is lost.
  it("that come at the same time are blocks, one behind the other, for Anthropic's clients", async () => {
    const { post } = await open(twoCalls);
    const body = { messages, max_tokens: 99, stream: true, tools: [bash] };
    const events = sentJson(await (await post("/v1/messages", body)).text());
    const blocks: { type: string; name?: string; text: string }[] = [];
    let isOpen = -1;
    for (const { type, index, content_block: block, delta } of events) {
      if (type === "content_block_start") {
        expect([isOpen, index]).toEqual([-1, blocks.length]);
        isOpen = index;
        blocks.push({ ...block, text: "" });
      } else if (type === "content_block_delta") {
        expect(index).toBe(isOpen);
        const last = blocks.at(-1);
        if (last) last.text += delta.text ?? delta.partial_json;
      } else if (type === "content_block_stop") {
        expect(index).toBe(isOpen);
        isOpen = -1;
      }
    }
    expect(blocks.map(({ name, text }) => [name, text])).toEqual([
      [undefined, "I look."],
      ["Bash", '{"command":"pwd"}'],
      ["Bash", '{"command":"date"}'],
    ]);
    expect(events.find(({ type }) => type === "message_delta").delta.stop_reason).toBe("tool_use");
  });

  // BerriAI/litellm#37792: one index for both, arguments as an object, "stop" at the end.
  it("that come at the same time have each an index of its own for OpenAI's clients", async () => {
    const { post } = await open(twoCalls);
    const { input_schema: parameters, ...rest } = bash;
    const tools = [{ type: "function", function: { ...rest, parameters } }];
    const body = { messages, stream: true, tools };
    const chunks = sentJson(await (await post("/v1/chat/completions", body)).text());
    const inputs = ["", ""];
    for (const { choices } of chunks) {
      for (const call of choices[0]?.delta.tool_calls ?? []) {
        inputs[call.index] += call.function.arguments;
      }
    }
    expect(inputs.map((text) => JSON.parse(text))).toEqual([
      { command: "pwd" },
      { command: "date" },
    ]);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    // ollama/ollama#4357: "" before the last.
    const reasons = chunks.flatMap(({ choices }) =>
      choices.map((one: { finish_reason: unknown }) => one.finish_reason),
    );
    expect(reasons.slice(0, -1).every((reason) => reason === null)).toBe(true);
    expect(reasons.at(-1)).toBe("tool_calls");
  });

  // raine/claude-code-proxy#10: a choice of a tool that only the vendor runs fails at the vendor.
  it("of a tool that is not among those that were given are refused before anybody is asked", async () => {
    const { post, asked } = await open(says("ok"));
    const search = { type: "web_search_20250305", name: "web_search" };
    const choice = { type: "tool", name: "web_search" };
    for (const tools of [[search], [bash]]) {
      const body = { messages, max_tokens: 9, tools, tool_choice: choice };
      const refused = await post("/v1/messages", body);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({
        error: { type: "invalid_request_error", message: expect.stringMatching(/^tool/) },
      });
    }
    expect(asked).toEqual([]);
  });
});

describe("what is asked", () => {
  // BerriAI/litellm#36604: an image is a failure; #38657: neither tools nor the system count.
  it("is counted with its images, tools and system", async () => {
    const { post } = await open(says("ok"));
    const count = async (body: object) => {
      const answer = await post("/v1/messages/count_tokens", body);
      expect(answer.status).toBe(200);
      return ((await answer.json()) as { input_tokens: number }).input_tokens;
    };
    const source = { type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" };
    const image = { role: "user", content: [{ type: "image", source }] };
    const least = await count({ messages });
    expect(await count({ messages, system: "Be brief. ".repeat(40) })).toBeGreaterThan(least + 80);
    expect(await count({ messages, tools: [bash] })).toBeGreaterThan(least + 20);
    expect(await count({ messages: [image] })).toBeGreaterThan(least + 100);
  });

  // BerriAI/litellm#20575: a block of nothing in a history is refused by the vendor.
  it("has no empty block, whatever the history has", async () => {
    const { post, asked } = await open(says("ok"));
    const nothing = { type: "text", text: "" };
    const history = [
      { role: "user", content: [nothing, { type: "text", text: "a" }] },
      { role: "assistant", content: [nothing] },
      { role: "user", content: [{ type: "text", text: "b" }, nothing] },
    ];
    const system = [nothing, { type: "text", text: "Be brief." }];
    const answer = await post("/v1/messages", { messages: history, max_tokens: 9, system });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(asked[0])).not.toContain('"text":""');
  });

  // abetlen/llama-cpp-python#1907: only the older of the two names counts.
  it.each(["max_tokens", "max_completion_tokens"])("has the bound of %s", async (name) => {
    const { post, asked } = await open(says("ok"));
    await (await post("/v1/chat/completions", { messages, [name]: 17 })).text();
    expect(asked).toMatchObject([{ maxOutputTokens: 17 }]);
  });
});
