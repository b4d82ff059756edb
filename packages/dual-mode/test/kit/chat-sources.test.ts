import { describe, expect, it } from "vitest";
import { readServerSentEvents } from "../../src/http/server-sent-events.ts";
import { toChatParts } from "../../src/kit/chat-parts.ts";
import { chatServer } from "../../src/kit/chat-server.ts";
import { delta, done, ends, event, partsOf } from "./chat-scene.ts";

async function sourcesOf(...pieces: readonly string[]) {
  const parts = await partsOf(...pieces, ends("stop"), done);
  return parts.flatMap((part) => (part.type === "source" ? [part.source] : []));
}

const page = { url: "https://example.com/a", title: "A" };

describe("what chat completions cite", () => {
  it("is OpenAI's annotations, in pieces and flat", async () => {
    const annotations = [
      { type: "url_citation", url_citation: { ...page, start_index: 0, end_index: 4 } },
      { type: "url_citation", url: "https://example.com/b", title: "B" },
      { type: "file_citation", file_id: "file-1" },
    ];
    expect(await sourcesOf(delta({ content: "Yes.", annotations }))).toEqual([
      page,
      { url: "https://example.com/b", title: "B" },
    ]);
  });

  // vercel/ai#9771: with each chunk again
  it("is told once where every chunk tells it, with and without its title", async () => {
    const cited = { citations: [page.url], search_results: [{ ...page, date: "2026-01-01" }] };
    expect(
      await sourcesOf(delta({ content: "Yes" }, cited), delta({ content: "." }, cited)),
    ).toEqual([page]);
  });

  it("is the searches that Groq makes by itself", async () => {
    const results = [{ ...page, content: "Words of A.", score: 0.9 }];
    const executed_tools = [
      { index: 0, type: "search", arguments: "{}" },
      { index: 0, type: "search", arguments: "{}", output: "…", search_results: { results } },
    ];
    expect(await sourcesOf(delta({ executed_tools }), delta({ content: "Yes." }))).toEqual([
      { ...page, text: "Words of A." },
    ]);
  });

  it("is in a whole message too", async () => {
    const message = {
      content: "Yes.",
      annotations: [{ type: "url_citation", url_citation: page }],
    };
    const whole = event({ id: "1", model: "m", choices: [{ message, finish_reason: "stop" }] });
    const parts = await partsOf(whole);
    expect(parts).toContainEqual({ type: "source", source: page });
    expect(parts.at(-1)).toMatchObject({ reason: "stop", vendorReason: "stop" });
  });

  it("is nothing where it has another form", async () => {
    for (const odd of ["x", 7, {}, [null, 7, { url_citation: 7 }, { url: "", title: 8 }]]) {
      const pieces = delta({ content: "Yes.", annotations: odd, executed_tools: odd });
      expect(await sourcesOf(pieces, delta({}, { citations: odd, search_results: odd }))).toEqual(
        [],
      );
    }
  });
});

describe("an answer of chat completions", () => {
  it("tells the limits of its headers once, behind its start", async () => {
    const headers = new Headers({ "x-ratelimit-remaining-requests": "3" });
    const body = new Response(delta({ content: "Yes." }) + ends("stop") + done).body;
    const parts = [];
    const read = toChatParts(readServerSentEvents(body), chatServer, headers);
    for await (const part of read) parts.push(part);
    expect(parts.map(({ type }) => type)).toEqual(["start", "limits", "text", "finish"]);
    expect(parts[1]).toEqual({ type: "limits", limits: { requests: { remaining: 3 } } });
  });

  it("keeps the server's own word for its end", async () => {
    for (const reason of ["stop", "eos", "STOP", "something_new"]) {
      const parts = await partsOf(delta({ content: "Yes." }), ends(reason), done);
      expect(parts.at(-1)).toMatchObject({ type: "finish", vendorReason: reason });
    }
    expect((await partsOf(delta({ content: "Yes." }), done)).at(-1)).not.toHaveProperty(
      "vendorReason",
    );
  });

  // BerriAI/litellm#9812: what was written to a cache counted twice
  it.each([
    [{ cached_tokens: 60, cache_write_tokens: 30 }, 10],
    [{ cached_tokens: 60, cache_creation_tokens: 30 }, 10],
  ])(
    "counts what a cache took and gave apart from the prompt: %j",
    async (details, inputTokens) => {
      const usage = { prompt_tokens: 100, completion_tokens: 5, prompt_tokens_details: details };
      const parts = await partsOf(delta({ content: "Yes." }), ends("stop", { usage }), done);
      expect(parts.find(({ type }) => type === "usage")).toEqual({
        type: "usage",
        usage: { inputTokens, outputTokens: 5, cacheReadTokens: 60, cacheWriteTokens: 30 },
      });
    },
  );
});
