import { expect, it } from "vitest";
import type { CanonicalRequest, ModeBatch, Part, RunContext } from "../../src/provider.ts";
import { withFittedBatch, withFittedNames } from "../../src/provider.ts";

const rule = { characters: /[\w-]/, longest: 20 };
const long = "mcp__some-server__get_console_message";

function asking(names: readonly string[]): CanonicalRequest {
  const [first = ""] = names;
  return {
    model: "m",
    tools: names.map((name) => ({ name, inputSchema: {} })),
    toolChoice: { tool: first },
    messages: [
      { role: "user", content: [{ type: "text", text: "?" }] },
      { role: "assistant", content: [{ type: "tool-call", id: "1", name: first, input: {} }] },
      { role: "tool", toolCallId: "1", content: [{ type: "text", text: "!" }] },
    ],
  } as CanonicalRequest;
}

/** Calls each tool that it is offered, and one that it is not. */
function mode(asked: CanonicalRequest[]) {
  return withFittedNames<object>(rule, async function* (request) {
    asked.push(request);
    yield { type: "start" };
    for (const { name } of [...(request.tools ?? []), { name: "other" }]) {
      yield { type: "tool-input", id: name, name, text: "{}" };
      yield { type: "tool-call", id: name, name, input: {} };
    }
  });
}

async function called(parts: AsyncIterable<Part>): Promise<string[]> {
  const names: string[] = [];
  for await (const part of parts) {
    if (part.type === "tool-call" || part.type === "tool-input") names.push(part.name);
  }
  return names;
}

// BerriAI/litellm#17904, agentgateway/agentgateway#2379, jwadow/kiro-gateway#182
it("asks by names that fit, everywhere, and answers by the caller's", async () => {
  const asked: CanonicalRequest[] = [];
  const names = await called(mode(asked)(asking([long, "short", "a.b"]), {}));
  expect(names).toEqual([long, long, "short", "short", "a.b", "a.b", "other", "other"]);
  const sent = asked[0]?.tools?.map(({ name }) => name) ?? [];
  expect(new Set(sent).size).toBe(3);
  for (const name of sent) expect(name).toMatch(/^[\w-]{1,20}$/);
  expect(sent[1]).toBe("short");
  expect(asked[0]?.toolChoice).toEqual({ tool: sent[0] });
  expect(asked[0]?.messages[1]?.content).toMatchObject([{ name: sent[0] }]);
});

it("asks by a name that fits for a call whose tool is not offered any more", async () => {
  const asked: CanonicalRequest[] = [];
  const { messages } = asking([long]);
  await called(mode(asked)({ ...asking(["short"]), messages }, {}));
  expect(asked[0]?.tools).toMatchObject([{ name: "short" }]);
  expect(asked[0]?.messages[1]?.content).toMatchObject([
    { name: expect.stringMatching(/^[\w-]{1,20}$/) },
  ]);
});

it("has a batch's lines by names that fit, and its answers by the caller's", async () => {
  const asked: CanonicalRequest[] = [];
  const run = async function* (request: CanonicalRequest): AsyncGenerator<Part> {
    asked.push(request);
    for (const { name } of request.tools ?? [])
      yield { type: "tool-call", id: "1", name, input: {} };
  };
  const batch = withFittedBatch<object>(rule, {
    body: (request: CanonicalRequest) => ({ names: request.tools?.map(({ name }) => name) }),
    read: (_: unknown, request: CanonicalRequest) => run(request),
  } as unknown as ModeBatch<object>);
  const context = {} as RunContext<object>;
  const body = batch.body(asking([long]), context);
  expect(body).toEqual({ names: [expect.stringMatching(/^[\w-]{1,20}$/)] });
  expect(await called(batch.read({}, asking([long]), context))).toEqual([long]);
});

it("changes nothing where all fit", async () => {
  const asked: CanonicalRequest[] = [];
  const request = asking(["short"]);
  await called(mode(asked)(request, {}));
  expect(asked[0]).toBe(request);
});
