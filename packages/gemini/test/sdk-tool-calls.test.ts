import type { Part } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { plays, playsEvents } from "../../../scripts/vendor-answers.ts";
import { outcomeOf } from "../../../test/played/run-context.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { sdk } from "../src/sdk/mode.ts";
import { chunk, request, throughEachSdk } from "./sdk-scene.ts";

type ToolCallPart = Extract<Part, { type: "tool-call" }>;

throughEachSdk((context) => {
  describe("an answer", () => {
    // langchainjs#10145, vellum#320: ids that begin anew with each answer meet in a conversation.
    it("may be tool calls, with the vendor's ids or ones that no other call has", async () => {
      const args = { city: "Graz" };
      const call = (name: string, id?: string) => ({
        functionCall: { ...(id && { id }), name, args },
      });
      const calls = [call("weather"), call("news"), call("fares", "fc_1"), call("trains", "")];
      const server = await serve(playsEvents([chunk(calls, "STOP")]));
      const ids: string[] = [];
      for (let turn = 0; turn < 2; turn++) {
        const { parts } = await outcomeOf(sdk.run(request, context(server.url)));
        const told = parts.filter((part): part is ToolCallPart => part.type === "tool-call");
        expect(told.map(({ name, input }) => [name, input])).toEqual([
          ["weather", args],
          ["news", args],
          ["fares", args],
          ["trains", args],
        ]);
        expect(told[2]?.id).toBe("fc_1");
        expect(parts.at(-1)).toEqual({
          type: "finish",
          reason: "tool-calls",
          vendorReason: "STOP",
        });
        ids.push(...told.filter(({ name }) => name !== "fares").map(({ id }) => id));
      }
      expect(new Set(ids).size).toBe(6);
      for (const id of ids) expect(id).toMatch(/^call_\w{24}$/);
    });

    it("may be a call with the signature of its thought, which goes back with it", async () => {
      const functionCall = { name: "weather", args: { city: "Graz" } };
      const signed = { functionCall, thoughtSignature: "c2lnbmVk" };
      const server = await serve(playsEvents([chunk([signed], "STOP")]));
      const { parts } = await outcomeOf(sdk.run(request, context(server.url)));
      const call = parts.find(({ type }) => type === "tool-call") as ToolCallPart;
      const foreign = {
        type: "tool-call",
        id: "x",
        name: "news",
        input: {},
        signature: "claude:[]",
      } as const;
      const turn = { role: "assistant", content: [call, foreign] } as const;
      const messages = [...request.messages, turn];
      await outcomeOf(sdk.run({ ...request, messages }, context(server.url)));
      const { contents } = JSON.parse(server.requests[1]?.body ?? "");
      expect(contents[1].parts).toEqual([signed, { functionCall: { name: "news", args: {} } }]);
    });

    // pi#7047, hermes-agent#46077: Gemini 3 wants the ids of its calls back with the results.
    it("of Gemini 3's is told apart by its id, and one of another model's by a placeholder", async () => {
      const server = await serve(plays("gemini", "ok"));
      const content = ["a", "b"].map(
        (id) =>
          ({ type: "tool-call", id, name: "draw", input: {}, signature: "claude:x" }) as const,
      );
      const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
      const messages = [
        ...request.messages,
        { role: "assistant", content } as const,
        { role: "tool", toolCallId: "a", content: [image] } as const,
        { role: "tool", toolCallId: "b", content: [], isError: true } as const,
        ...request.messages,
      ];
      await outcomeOf(
        sdk.run({ ...request, model: "gemini-3-pro", messages }, context(server.url)),
      );
      const thoughtSignature = "skip_thought_signature_validator";
      const parts = [{ inlineData: { mimeType: "image/png", data: "aGk=" } }];
      expect(JSON.parse(server.requests[0]?.body ?? "").contents.slice(1)).toEqual([
        {
          role: "model",
          parts: ["a", "b"].map((id) => {
            return { functionCall: { id, name: "draw", args: {} }, thoughtSignature };
          }),
        },
        {
          role: "user",
          parts: [
            { functionResponse: { id: "a", name: "draw", response: { result: "" }, parts } },
            { functionResponse: { id: "b", name: "draw", response: { error: "" } } },
            { text: "Explain decorators" },
          ],
        },
      ]);
    });
  });
});
