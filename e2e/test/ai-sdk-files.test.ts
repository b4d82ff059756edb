import { createAcc } from "@acc/ai-sdk";
import type { ClientOptions } from "@acc/dual-mode";
import { generateText, type UserContent } from "ai";
import { describe, expect, it } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { featureTables } from "./feature-tables.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { newestClis } from "./targets.ts";
import { itWhere } from "./where.ts";

const scene = new Scene();
/** A PNG of one pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const document = Buffer.from("%PDF-1.4\n%%EOF\n").toString("base64");
const image: UserContent = [
  { type: "text", text: "What is this?" },
  { type: "image", image: pixel, mediaType: "image/png" },
];
const pdf: UserContent = [
  { type: "text", text: "What is this?" },
  { type: "file", data: document, mediaType: "application/pdf", filename: "a.pdf" },
];

describe.each(newestClis)("$name, a model of the AI SDK", (target) => {
  const { vendor } = target;
  const features = featureTables[vendor];
  const takesFiles = features.cli.supports.includes("files");

  /** Groq's own model sees nothing. */
  const named = vendor === "groq" ? "mine/meta-llama/llama-4-scout-17b-16e-instruct" : "mine";
  const ask = async (content: UserContent, options: ClientOptions = {}) => {
    const server = await scene.serve(plays(vendor, "Seen."));
    await using client = scene.open(target, server.url, options);
    const model = createAcc({ mine: client })(named);
    const asked = generateText({ model, messages: [{ role: "user", content }] });
    const outcome = await asked.catch((error: Error) => error);
    return { outcome, bodies: callsIn(server.requests).map(({ body }) => body) };
  };

  it("sends an image", async () => {
    const { outcome, bodies } = await ask(image);
    expect(outcome).toMatchObject({ text: "Seen.", providerMetadata: { acc: { mode: "cli" } } });
    expect(bodies).toEqual([expect.stringContaining(pixel)]);
  });

  itWhere(takesFiles, "sends a PDF", async () => {
    const { outcome, bodies } = await ask(pdf);
    expect(outcome).toMatchObject({ text: "Seen.", providerMetadata: { acc: { mode: "cli" } } });
    expect(bodies).toEqual([expect.stringContaining(document)]);
  });

  itWhere(!takesFiles, "refuses a PDF before it asks, and never leaves it out", async () => {
    const { outcome, bodies } = await ask(pdf);
    expect(outcome).toMatchObject({ name: "AI_UnsupportedFunctionalityError" });
    expect(bodies).toEqual([]);
  });

  const beside = !takesFiles && features.sdk.supports.includes("files");
  itWhere(beside, "leaves a PDF to the SDK beside it", async () => {
    const { outcome, bodies } = await ask(pdf, { only: undefined as never });
    expect(outcome).toMatchObject({ text: "Seen.", providerMetadata: { acc: { mode: "sdk" } } });
    expect(bodies).toEqual([expect.stringContaining(document)]);
  });
});
