import { createGemini } from "@acc/gemini";
import { GoogleGenerativeAI } from "@google/generative-ai";
import { key } from "../harness/dummy-key.ts";
import { type Call, ours, ownOptions, type VendorCalls } from "./calls.ts";

const model = "gemini-2.5-flash";

export function geminiCalls(url: string): VendorCalls {
  const client = createGemini({ ...ownOptions(url), model });
  const own = ours("@acc/gemini", client);
  const bare = bareCall(url);
  return {
    vendor: "gemini",
    chat: { ours: own.chat, bare },
    stream: { ours: own.stream, bare },
    close: () => client.close(),
  };
}

function bareCall(baseUrl: string): Call {
  const bare = new GoogleGenerativeAI(key).getGenerativeModel({ model }, { baseUrl });
  return {
    name: "@google/generative-ai, streamed",
    kind: "floor",
    async ask(prompt) {
      let text = "";
      for await (const chunk of (await bare.generateContentStream(prompt)).stream) {
        text += chunk.text();
      }
      return text;
    },
  };
}
