import { createClaude } from "@acc/claude";
import Anthropic from "@anthropic-ai/sdk";
import { key } from "../harness/dummy-key.ts";
import { type Call, ours, ownOptions, type VendorCalls } from "./calls.ts";

const model = "claude-sonnet-5-5";

export function claudeCalls(url: string): VendorCalls {
  const client = createClaude({ ...ownOptions(url), model });
  const own = ours("@acc/claude", client);
  const bare = bareCall(new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 }));
  return {
    vendor: "claude",
    chat: { ours: own.chat, bare },
    stream: { ours: own.stream, bare },
    close: () => client.close(),
  };
}

function bareCall(bare: Anthropic): Call {
  return {
    name: "@anthropic-ai/sdk, streamed",
    kind: "floor",
    async ask(content) {
      const messages = [{ role: "user" as const, content }];
      const body = { model, messages, max_tokens: 32_000, stream: true } as const;
      let text = "";
      for await (const event of await bare.messages.create(body)) {
        if (event.type !== "content_block_delta" || event.delta.type !== "text_delta") continue;
        text += event.delta.text;
      }
      return text;
    },
  };
}
