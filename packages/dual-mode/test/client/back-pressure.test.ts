import { afterEach, describe, expect, it, vi } from "vitest";
import { type Script, says, scripted } from "../scripted-provider.ts";
import { start, text } from "./pieces.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("many calls", () => {
  it("of one client, ten thousand at once, are all answered", { timeout: 120_000 }, async () => {
    const echo: Script = async function* (request, context) {
      const [message] = request.messages;
      const [part] = message?.content ?? [];
      yield* says(part?.type === "text" ? part.text : "")(request, context);
    };
    const { client } = scripted({ sdk: { scripts: [echo] } });
    const replies = await Promise.all(
      Array.from({ length: 10_000 }, (_, index) => client.chat(`call ${index}`)),
    );
    expect(replies.every(({ text: said }, index) => said === `call ${index}`)).toBe(true);
  });

  it("leave no timer or listener behind", async () => {
    const { client } = scripted({ sdk: { scripts: [says("ok")] } });
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const before = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    await client.chat("hi", { signal });
    expect(removed.mock.calls.length).toBe(added.mock.calls.length);
    const after = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    expect(after).toBeLessThanOrEqual(before);
  });
});

describe("back-pressure", () => {
  it("reaches the provider: it is asked only for what is read", async () => {
    let given = 0;
    const endless: Script = async function* () {
      yield start;
      for (;;) {
        given += 1;
        yield text;
      }
    };
    const { client } = scripted({ sdk: { scripts: [endless] } });
    let read = 0;
    for await (const part of client.stream("hi")) {
      if (part.type === "text") read += 1;
      if (read === 5) break;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(given).toBeLessThanOrEqual(6);
  });
});
