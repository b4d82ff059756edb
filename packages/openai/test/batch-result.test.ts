import type { CanonicalRequest, Part, RunContext } from "@acc/dual-mode/provider";
import { expect, it } from "vitest";
import type { OpenAIOptions } from "../src/options.ts";
import { batch } from "../src/sdk/batch.ts";

const request = { model: "gpt-5", messages: [] } as unknown as CanonicalRequest;
const context = { options: { api: "responses" } } as unknown as RunContext<OpenAIOptions>;

async function partsOf(result: unknown): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of batch.read(result, request, context)) parts.push(part);
  return parts;
}

it("reads a response of a batch as that of a plain call", async () => {
  const content = [{ type: "output_text", text: "hello", annotations: [] }];
  const body = {
    ...{ id: "resp_1", object: "response", status: "completed", model: "gpt-5" },
    output: [{ type: "message", id: "msg_1", role: "assistant", status: "completed", content }],
    usage: { input_tokens: 3, output_tokens: 2 },
  };
  const parts = await partsOf({ response: { status_code: 200, body }, error: null });
  expect(parts).toContainEqual({ type: "text", text: "hello" });
  expect(parts.at(-1)).toMatchObject({ type: "finish", reason: "stop" });
});

it("fails a line by what a cancelled batch says of itself", async () => {
  await expect(partsOf({ status: "cancelled" })).rejects.toMatchObject({ code: "ABORTED" });
});
