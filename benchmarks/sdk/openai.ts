import { createOpenAI } from "@acc/openai";
import OpenAI from "openai";
import { key } from "../harness/dummy-key.ts";
import { type Call, ours, ownOptions, type VendorCalls } from "./calls.ts";

const model = "gpt-6.2-sol";

/** Both by Responses, which is what OpenAI's own address is asked for. */
export function openaiCalls(url: string): VendorCalls {
  const client = createOpenAI({ ...ownOptions(url), model, api: "responses" });
  const own = ours("@acc/openai", client);
  const bare = bareCall(new OpenAI({ apiKey: key, baseURL: url, maxRetries: 0 }));
  return {
    vendor: "openai",
    chat: { ours: own.chat, bare },
    stream: { ours: own.stream, bare },
    close: () => client.close(),
  };
}

function bareCall({ responses }: OpenAI): Call {
  return {
    name: "openai, streamed",
    kind: "floor",
    async ask(input) {
      const events = await responses.create({ model, input, store: false, stream: true });
      let text = "";
      for await (const event of events) {
        if (event.type === "response.output_text.delta") text += event.delta;
      }
      return text;
    },
  };
}
