import { describe, expect, it } from "vitest";
import {
  delta,
  type Event,
  ends,
  open,
  partsOf,
  says,
  shut,
  start,
  stop,
  text,
} from "./played-events.ts";

describe("what Claude cites", () => {
  const cited = (citation: unknown) => delta(0, { type: "citations_delta", citation });
  const sourcesOf = async (...events: readonly Event[]) => {
    const parts = await partsOf(start(), ...events, ends("end_turn"), stop);
    return parts.flatMap((part) => (part.type === "source" ? [part.source] : []));
  };

  // vercel/ai#11835, stdapi-ai/stdapi.ai#229: lost in streams
  it("is told of pages, documents and results of the caller's, each once", async () => {
    const page = { url: "https://example.com/a", title: "A", cited_text: "Words." };
    const web = { type: "web_search_result_location", ...page, encrypted_index: "x" };
    const document = { type: "char_location", document_title: "Notes", cited_text: "Other words." };
    const result = { type: "search_result_location", source: "https://example.com/r", title: null };
    const events = [open(0, { type: "text", text: "" }), cited(web), says("Hi"), cited(web)];
    expect(await sourcesOf(...events, cited(document), cited(result), cited(7), shut(0))).toEqual([
      { url: page.url, title: "A", text: "Words." },
      { title: "Notes", text: "Other words." },
      { url: "https://example.com/r" },
    ]);
  });

  it("is told of what its own search and fetch found, and of a text that came whole", async () => {
    const found = [{ type: "web_search_result", url: "https://example.com/s", title: "S" }];
    const fetched = { url: "https://example.com/f", content: { type: "document", title: "F" } };
    const citations = [{ type: "page_location", document_title: "D", cited_text: "W" }];
    expect(
      await sourcesOf(
        open(0, { type: "web_search_tool_result", tool_use_id: "x", content: found }),
        shut(0),
        open(1, { type: "web_search_tool_result", content: { error_code: "max_uses_exceeded" } }),
        shut(1),
        open(2, { type: "web_fetch_tool_result", content: fetched }),
        shut(2),
        open(3, { type: "text", text: "Hi", citations }),
        shut(3),
      ),
    ).toEqual([
      { url: "https://example.com/s", title: "S" },
      { url: "https://example.com/f", title: "F" },
      { title: "D", text: "W" },
    ]);
  });

  it("counts what is kept for an hour apart", async () => {
    const usage = {
      input_tokens: 3,
      cache_read_input_tokens: 10,
      cache_creation_input_tokens: 20,
      cache_creation: { ephemeral_5m_input_tokens: 5, ephemeral_1h_input_tokens: 15 },
      output_tokens: 1,
    };
    const parts = await partsOf(start(usage), ...text, ends("end_turn"), stop);
    expect(parts.find(({ type }) => type === "usage")).toMatchObject({
      usage: {
        inputTokens: 3,
        cacheReadTokens: 10,
        cacheWriteTokens: 20,
        cacheWriteHourTokens: 15,
      },
    });
  });
});
