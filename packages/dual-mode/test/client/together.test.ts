import { describe, expect, it } from "vitest";
import type { Part } from "../../src/contract/part.ts";
import type { AtHandIterator } from "../../src/foreign/at-hand.ts";
import { type Script, scripted } from "../scripted-provider.ts";

/** Parts that all came at once. */
function together(...given: readonly Part[]): Script {
  return () => {
    const left = [...given];
    const parts: AtHandIterator<Part> = {
      atHand: () => left.shift(),
      async next() {
        const value = left.shift();
        return value === undefined ? { done: true, value } : { done: false, value };
      },
      [Symbol.asyncIterator]: () => parts,
    };
    return parts;
  };
}

const start: Part = { type: "start", model: "model-1" };
const text = (said: string): Part => ({ type: "text", text: said });
const finish: Part = { type: "finish", reason: "stop" };
const clientOf = (...parts: readonly Part[]) =>
  scripted({ sdk: { scripts: [together(...parts)] } });

async function shown(client: ReturnType<typeof clientOf>["client"]) {
  const parts: Part[] = [];
  try {
    for await (const part of client.stream("Hi")) parts.push(part);
  } catch (error) {
    return { parts, error };
  }
  return { parts, error: undefined };
}

describe("parts that come together", () => {
  it("are shown piece by piece, and a chat's are one text", async () => {
    const { client } = clientOf(start, text("a"), text("b"), finish);
    expect(await shown(client)).toEqual({
      parts: [start, text("a"), text("b"), finish],
      error: undefined,
    });
    expect(await client.chat("Hi")).toMatchObject({
      text: "ab",
      content: [{ type: "text", text: "ab" }],
    });
  });

  it("are shown up to one that breaks the contract", async () => {
    const { client } = clientOf(start, text("a"), { type: "text", text: 1 } as never, finish);
    const { parts, error } = await shown(client);
    expect(parts).toEqual([start, text("a")]);
    expect(error).toMatchObject({ code: "PROVIDER_FAULT" });
    await expect(client.chat("Hi")).rejects.toMatchObject({ code: "PROVIDER_FAULT" });
  });

  it.each([
    ["behind the end", [start, finish, text("a")], /after "finish"/],
    ["before the beginning", [text("a"), start, finish], /must be "start"/],
    ["with two beginnings", [start, start, text("a"), finish], /"start" twice/],
    ["without an end", [start, text("a")], /cut short/],
  ])("are refused %s", async (_, parts, message) => {
    await expect(clientOf(...parts).client.chat("Hi")).rejects.toThrow(message);
  });
});
