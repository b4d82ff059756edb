import { createGemini } from "@acc/gemini";
import { GoogleGenAI } from "@google/genai/web";
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
  const { models } = new GoogleGenAI({ apiKey: key, vertexai: false, httpOptions: { baseUrl } });
  return {
    name: "@google/genai, streamed",
    kind: "floor",
    async ask(prompt) {
      let text = "";
      for await (const chunk of await models.generateContentStream({ model, contents: prompt })) {
        text += chunk.text ?? "";
      }
      return text;
    },
  };
}
