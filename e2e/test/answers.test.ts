import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultAnswer, type MockServer, startMockServer } from "../../scripts/mock-server.ts";
import { doors, open } from "./doors.ts";
import { Scene } from "./scene.ts";

new Scene();
let mock: MockServer;

beforeAll(async () => {
  mock = await startMockServer();
});
afterAll(() => mock.close());

describe.each(doors)("$name against the independent mock", (door) => {
  it("chats", async () => {
    await using client = open(door, mock.url);
    const reply = await client.chat("Explain decorators");
    expect(reply).toMatchObject({ text: defaultAnswer, mode: "cli", fallback: false });
    expect(reply.finishReason).toBe("stop");
  });

  it("streams", async () => {
    await using client = open(door, mock.url);
    const texts: string[] = [];
    for await (const part of client.stream("Explain decorators")) {
      if (part.type === "text") texts.push(part.text);
    }
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join("")).toBe(defaultAnswer);
  });

  it("has its SDK beside it, with the same answer", async () => {
    await using client = open(door, mock.url, { only: "sdk" });
    expect(await client.chat("Explain decorators")).toMatchObject({
      text: defaultAnswer,
      mode: "sdk",
    });
  });
});
