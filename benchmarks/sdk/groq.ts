import { createGroq } from "@acc/groq";
import { createGroq as createAiGroq } from "@ai-sdk/groq";
import { generateText, streamText } from "ai";
import Groq from "groq-sdk";
import { key } from "../harness/dummy-key.ts";
import { type Call, ours, ownOptions, type VendorCalls } from "./calls.ts";

const model = "openai/gpt-oss-120b";

/** Ours, groq-sdk, `ai` with @ai-sdk/groq, and a plain fetch. */
export function groqCalls(url: string): VendorCalls {
  const client = createGroq({ ...ownOptions(url), model });
  const own = ours("@acc/groq", client);
  const sdk = new Groq({ apiKey: key, baseURL: url, maxRetries: 0 });
  const bare = streamedCall(sdk);
  const ai = aiCalls(createAiGroq({ apiKey: key, baseURL: `${url}/openai/v1` })(model));
  const floor = fetchCall(`${url}/openai/v1/chat/completions`);
  return {
    vendor: "groq",
    chat: { ours: own.chat, bare, peer: { call: ai.chat, bare: documentCall(sdk) }, floor },
    stream: { ours: own.stream, bare, peer: { call: ai.stream, bare }, floor },
    close: () => client.close(),
  };
}

function streamedCall(bare: Groq): Call {
  return {
    name: "groq-sdk, streamed",
    kind: "floor",
    async ask(content) {
      const messages = [{ role: "user" as const, content }];
      const stream = await bare.chat.completions.create({ model, messages, stream: true });
      let text = "";
      for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
      return text;
    },
  };
}

/** What ai's generateText asks for: the answer as one document. */
function documentCall(bare: Groq): Call {
  return {
    name: "groq-sdk, one document",
    kind: "floor",
    async ask(content) {
      const messages = [{ role: "user" as const, content }];
      const { choices } = await bare.chat.completions.create({ model, messages });
      return choices[0]?.message.content ?? "";
    },
  };
}

function aiCalls(model: Parameters<typeof generateText>[0]["model"]): {
  readonly chat: Call;
  readonly stream: Call;
} {
  return {
    chat: {
      name: "ai generateText",
      kind: "peer",
      ask: async (prompt) => (await generateText({ model, prompt, maxRetries: 0 })).text,
    },
    stream: {
      name: "ai streamText",
      kind: "peer",
      async ask(prompt) {
        let text = "";
        for await (const piece of streamText({ model, prompt, maxRetries: 0 }).textStream) {
          text += piece;
        }
        return text;
      },
    },
  };
}

/** The same request by fetch, its events read to the end and not parsed. */
function fetchCall(endpoint: string): Call {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  return {
    name: "fetch, streamed, unread",
    kind: "floor",
    async ask(content) {
      const messages = [{ role: "user", content }];
      const body = JSON.stringify({ model, messages, stream: true });
      const response = await fetch(endpoint, { method: "POST", headers, body });
      return response.text();
    },
  };
}
