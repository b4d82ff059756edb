import { describe, expect, it } from "vitest";
import { event, partsOf, says, sent, stop } from "./played-chunks.ts";

describe("what Gemini rests on", () => {
  // vercel/ai#13123, BerriAI/litellm#10237, google/adk-python#3768: in an early chunk alone, or in each
  it("is told once, whichever chunk tells it", async () => {
    const web = { uri: "https://example.com/a", title: "A" };
    const groundingMetadata = {
      groundingChunks: [
        { web },
        { retrievedContext: { uri: "gs://b/c", title: "C", text: "Words." } },
        { maps: { uri: "https://maps.example.com", title: "A place" } },
        {},
      ],
      groundingSupports: [{ segment: { text: "Hi" }, groundingChunkIndices: [0] }],
    };
    const citationMetadata = {
      citationSources: [{ uri: "https://example.com/d", license: "mit" }],
    };
    const urlContextMetadata = { urlMetadata: [{ retrievedUrl: "https://example.com/e" }] };
    const parts = await partsOf(
      says("Hi", { groundingMetadata }),
      says("!", { groundingMetadata, citationMetadata }),
      sent({ finishReason: "STOP", urlContextMetadata }),
    );
    expect(parts.flatMap((part) => (part.type === "source" ? [part.source] : []))).toEqual([
      { url: "https://example.com/a", title: "A" },
      { url: "gs://b/c", title: "C", text: "Words." },
      { url: "https://maps.example.com", title: "A place" },
      { url: "https://example.com/d" },
      { url: "https://example.com/e" },
    ]);
    expect(parts.at(-1)).toMatchObject({ reason: "stop", vendorReason: "STOP" });
  });

  it("is nothing where it has another form, and the reason is the prompt's where that was refused", async () => {
    const odd = {
      groundingMetadata: 7,
      citationMetadata: { citations: "x" },
      urlContextMetadata: [],
    };
    expect((await partsOf(says("Hi", odd), stop)).map(({ type }) => type)).not.toContain("source");
    const refused = event({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" } });
    expect((await partsOf(refused)).at(-1)).toMatchObject({
      reason: "content-filter",
      vendorReason: "PROHIBITED_CONTENT",
    });
  });
});
