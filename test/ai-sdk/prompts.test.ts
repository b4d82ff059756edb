import { createClaude } from "@acc/claude";
import { describe, expect, it } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { claudePlays } from "./claude-answers.ts";
import { document, image, modelOf, pdf, png } from "./prompts-scene.ts";
import { bodyOf, sdkAt, serve } from "./stage.ts";
import { versions } from "./versions.ts";

describe.each(versions)("what an app of $name says", (version) => {
  const { ai } = version;
  const { generateText } = ai;

  it("goes with its images and PDFs, as bytes, base64 or data URL", async () => {
    const { model, server } = await modelOf(version);
    await generateText({
      model,
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What is this?" },
            { type: "image", image: png },
            { type: "image", image: `data:image/png;base64,${png.toString("base64")}` },
            { type: "file", data: png.toString("base64"), mediaType: "image/png" },
            { type: "file", data: pdf, mediaType: "application/pdf", filename: "offer.pdf" },
          ],
        },
      ],
    });
    const { content } = bodyOf(server).messages[0];
    expect(content).toMatchObject([{ text: "What is this?" }, image, image, image, document]);
    expect(content.at(-1).title).toBe("offer.pdf");
  });

  it("goes with the images and PDFs that a tool gave", async () => {
    const { model, server } = await modelOf(version);
    const value = [
      { type: "text", text: "Here:" },
      { type: "media", data: png.toString("base64"), mediaType: "image/png" },
      { type: "media", data: pdf.toString("base64"), mediaType: "application/pdf" },
    ];
    await generateText({
      model,
      messages: [
        { role: "user", content: "Show me." },
        {
          role: "assistant",
          content: [{ type: "tool-call", toolCallId: "t1", toolName: "look", input: {} }],
        },
        {
          role: "tool",
          content: [
            {
              type: "tool-result",
              toolCallId: "t1",
              toolName: "look",
              output: { type: "content", value: value as never },
            },
          ],
        },
      ],
      tools: { look: ai.tool({ inputSchema: ai.jsonSchema({ type: "object" }) }) },
    });
    const [result] = bodyOf(server).messages.at(-1).content;
    expect(result).toMatchObject({
      type: "tool_result",
      content: [{ type: "text", text: "Here:" }, image, document],
    });
  });

  it("goes with its settings", async () => {
    const { model, server } = await modelOf(version);
    const { warnings } = await generateText({
      model: model,
      system: "Be brief.",
      prompt: "Hi",
      maxOutputTokens: 77,
      stopSequences: ["END"],
    });
    expect(bodyOf(server)).toMatchObject({
      model: "claude-sonnet-5-5",
      max_tokens: 77,
      stop_sequences: ["END"],
    });
    expect(JSON.stringify(bodyOf(server).system)).toContain("Be brief.");
    expect(warnings).toEqual([]);
  });

  it("is told, setting by setting, of what was left out", async () => {
    const { model, server } = await modelOf(version);
    const { warnings, text } = await generateText({
      model,
      prompt: "Hi",
      seed: 7,
      presencePenalty: 1,
      headers: { "x-team": "blue" },
    });
    expect(text).toBe("ok");
    expect(bodyOf(server)).not.toHaveProperty("seed");
    const told = (warnings ?? []).map((each) => ({ ...each }) as Record<string, unknown>);
    expect(told.map(({ feature, setting }) => feature ?? setting).sort()).toEqual([
      "headers",
      "presencePenalty",
      "seed",
    ]);
    const kinds = new Set(told.map(({ type }) => type));
    expect([...kinds]).toEqual([version.name === "ai 5" ? "unsupported-setting" : "unsupported"]);
  });

  it("is told of it at the beginning of a stream too", async () => {
    const { model } = await modelOf(version);
    const result = ai.streamText({ model, prompt: "Hi", seed: 7 });
    await result.consumeStream();
    expect(await result.warnings).toHaveLength(1);
  });

  it("is refused where a tool of a vendor's own would be left out", async () => {
    const { model, server } = await modelOf(version);
    const search = { type: "provider", id: "other.search", name: "search", args: {} };
    const call = { prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] } as const;
    const error = await Promise.resolve(
      model.doGenerate({ ...call, tools: [search] } as never),
    ).catch((error) => error);
    expect(ai.UnsupportedFunctionalityError.isInstance(error)).toBe(true);
    expect(server.requests).toHaveLength(0);
  });

  it("is refused where a mode cannot see its images", async () => {
    const { createAcc } = version;
    const server = await serve(plays("claude", "ok"));
    const claude = createClaude({ ...sdkAt(server), model: "claude-2.1" });
    const wav = { type: "file", data: Buffer.from("RIFF"), mediaType: "audio/wav" } as const;
    const error = await generateText({
      model: createAcc({ claude })("claude"),
      messages: [{ role: "user", content: [wav] }],
    }).catch((error) => error);
    expect(ai.UnsupportedFunctionalityError.isInstance(error)).toBe(true);
    expect(server.requests).toHaveLength(0);
  });

  it("keeps a thought's proof through the messages of a UI", async () => {
    const { model, server } = await modelOf(
      version,
      claudePlays({ thinking: "Hm.", signature: "proof" }, { text: "Hello." }),
    );
    const first = { id: "u1", role: "user", parts: [{ type: "text", text: "Hi" }] } as const;
    const convert = async (messages: never) => ai.convertToModelMessages(messages);
    const result = ai.streamText({ model, messages: await convert([first] as never) });
    let answer: unknown;
    const stream = result.toUIMessageStream({
      sendReasoning: true,
      onFinish: ({ responseMessage }) => {
        answer = JSON.parse(JSON.stringify(responseMessage));
      },
    });
    for await (const _ of stream) {
      // The message is made of what passes.
    }
    const next = { id: "u2", role: "user", parts: [{ type: "text", text: "Go on." }] } as const;
    const messages = await convert([first, answer, next] as never);
    await generateText({ model, messages, providerOptions: { acc: { reasoning: "high" } } });
    expect(bodyOf(server).messages[1].content).toMatchObject([
      { type: "thinking", thinking: "Hm.", signature: "proof" },
      { type: "text", text: "Hello." },
    ]);
  });
});
