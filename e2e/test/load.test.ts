import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import { answerEvents, openStream, plays, type Vendor } from "../../scripts/vendor-answers.ts";
import { Scene } from "./scene.ts";
import { targets } from "./targets.ts";

const scene = new Scene();

describe.each(targets)("$name", (target) => {
  it("brings characters that are split between two packets", async () => {
    const said = "Grüße 你好 🎉 ñ";
    const server = await scene.serve(byteByByte(target.vendor, said));
    await using client = scene.open(target, server.url);
    expect((await client.chat("Explain decorators")).text).toBe(said);
  });

  it("brings 600 KB whole, also where the host is busy", async () => {
    const piece = "x".repeat(5_999);
    const pieces = Array.from({ length: 100 }, (_, index) => `${piece}${index % 10}`);
    const server = await scene.serve(plays(target.vendor, ...pieces));
    await using client = scene.open(target, server.url);
    const busy = setInterval(() => {
      const end = performance.now() + 100;
      while (performance.now() < end);
    }, 120);
    const { text } = await client.chat("Explain decorators").finally(() => clearInterval(busy));
    expect(text).toBe(pieces.join(""));
  });

  it("answers 8 at once, each its own", { timeout: 120_000 }, async () => {
    const server = await scene.serve((response, request) => {
      const [number = "none"] = /question-\d/.exec(request.body) ?? [];
      return plays(target.vendor, `answer to ${number}`)(response, request);
    });
    await using client = scene.open(target, server.url);
    const questions = Array.from({ length: 8 }, (_, index) => `question-${index}`);
    const replies = await Promise.all(questions.map((question) => client.chat(question)));
    expect(replies.map(({ text }) => text)).toEqual(questions.map((each) => `answer to ${each}`));
  });
});

/** Every byte of the answer's text in a packet of its own. */
function byteByByte(vendor: Vendor, text: string): Answer {
  return async (response: ServerResponse) => {
    openStream(response);
    for (const event of answerEvents(vendor, [text])) {
      const bytes = Buffer.from(event);
      const start = Math.max(0, bytes.indexOf("Gr"));
      response.write(bytes.subarray(0, start));
      for (const byte of bytes.subarray(start, start + 40)) {
        response.write(Buffer.of(byte));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      response.write(bytes.subarray(start + 40));
    }
    response.end();
  };
}
