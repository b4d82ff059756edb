import { describe, expect, it } from "vitest";
import type { ChatRequest } from "../../src/contract/request.ts";
import { says, scripted } from "../scripted-provider.ts";

describe("lenient", () => {
  const schema = { jsonSchema: { type: "object" }, validate: (value: unknown) => value };
  const image = { type: "image", mediaType: "image/png", data: "AAAA" } as const;
  const tool = { name: "look", inputSchema: { type: "object" } };

  it("takes any text where the mode knows no schema, and gives no object", async () => {
    const { client, ran } = scripted(
      { sdk: { scripts: [says("no JSON")], supports: [] } },
      { lenient: ["schema"] },
    );
    const reply = await client.chat({ messages: [{ role: "user", content: "hi" }], schema });
    expect(reply.text).toBe("no JSON");
    expect(reply).not.toHaveProperty("object");
    expect(ran).toHaveLength(1);
  });

  it.each<[Partial<ChatRequest>]>([
    [{ schema }],
    [{ tools: [tool] }],
    [{ tools: [tool], toolChoice: "required" }],
    [{ messages: [{ role: "user", content: [image] }] }],
    [{ messages: [{ role: "user", content: [{ ...image, type: "file" }] }] }],
  ])("true never leaves out %j", async (asked) => {
    const { client, ran } = scripted({ sdk: { scripts: [says("ok")], supports: [] } });
    const request = { messages: [{ role: "user", content: "hi" }], ...asked } as const;
    await expect(client.chat(request, { lenient: true })).rejects.toMatchObject({
      code: "UNSUPPORTED_FEATURE",
    });
    expect(ran).toHaveLength(0);
  });

  it.each(["image", "file"] as const)("true never leaves out a linked %s either", async (type) => {
    const supports = ["images", "files"] as const;
    const { client, ran } = scripted({ sdk: { scripts: [says("ok")], supports } });
    const url = "https://example.com/a.png";
    const piece = type === "image" ? { type, url } : { type, url, mediaType: "application/pdf" };
    const call = client.chat(
      { messages: [{ role: "user", content: [{ type: "text", text: "What is it?" }, piece] }] },
      { lenient: true },
    );
    await expect(call).rejects.toMatchObject({ code: "UNSUPPORTED_FEATURE" });
    expect(ran).toHaveLength(0);
  });

  it("takes images and earlier turns out of what is sent", async () => {
    let sent: unknown;
    const { client } = scripted(
      {
        sdk: {
          supports: [],
          scripts: [
            async function* (request, context) {
              sent = request.messages;
              yield* says("ok")(request, context);
            },
          ],
        },
      },
      { lenient: ["multiTurn", "images"] },
    );
    const last = { role: "user", content: [{ type: "text", text: "look" }, image] } as const;
    await client.chat({
      messages: [{ role: "user", content: "a" }, { role: "assistant", content: "b" }, last],
    });
    expect(sent).toEqual([{ role: "user", content: [{ type: "text", text: "look" }] }]);
  });
});
