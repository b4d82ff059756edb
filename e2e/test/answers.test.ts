import { describe, expect, it } from "vitest";
import type { RawRequest } from "../../scripts/loopback-server.ts";
import { defaultAnswer, type ReceivedRequest, startMockServer } from "../../scripts/mock-server.ts";
import { Scene } from "./scene.ts";
import { targets } from "./targets.ts";

const scene = new Scene();

describe.each(targets)("$name", (target) => {
  const serve = async () => {
    const mock = await startMockServer();
    const requests = () => mock.requests().map(toRaw);
    scene.adopt({ requests, close: () => mock.close() });
    return mock.url;
  };

  it("chats", async () => {
    await using client = scene.open(target, await serve());
    const reply = await client.chat("Explain decorators");
    expect(reply).toMatchObject({ text: defaultAnswer, mode: target.mode, fallback: false });
    expect(reply.finishReason).toBe("stop");
  });

  it("streams", async () => {
    await using client = scene.open(target, await serve());
    const texts: string[] = [];
    for await (const part of client.stream("Explain decorators")) {
      if (part.type === "text") texts.push(part.text);
    }
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join("")).toBe(defaultAnswer);
  });
});

/** The mock keeps no key: that the right one came is seen where our own server received it. */
function toRaw({ method, path, headers, body }: ReceivedRequest): RawRequest {
  const shown = Object.entries(headers).filter(([, value]) => value !== "[REDACTED]");
  return {
    method,
    path,
    headers: { ...Object.fromEntries(shown), authorization: scene.credential },
    body: body === null ? "" : JSON.stringify(body),
  };
}
