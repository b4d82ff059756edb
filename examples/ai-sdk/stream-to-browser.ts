// The route of a web app that `useChat` asks: the answer as it comes.
import { createAcc } from "@acc/ai-sdk";
import { createClaude } from "@acc/claude";
import { convertToModelMessages, streamText, type UIMessage } from "ai";

const claude = createClaude();
const acc = createAcc({ claude });

export async function POST(request: Request): Promise<Response> {
  const { messages } = (await request.json()) as { messages: UIMessage[] };
  const result = streamText({
    model: acc("claude"),
    messages: await convertToModelMessages(messages),
    abortSignal: request.signal, // who leaves the page ends the call
  });
  return result.toUIMessageStreamResponse({ sendReasoning: true });
}

// What a browser would send, and what it gets.
const parts = [{ type: "text", text: "What is a decorator?" }];
const body = JSON.stringify({ messages: [{ id: "1", role: "user", parts }] });
const response = await POST(new Request("http://localhost/chat", { method: "POST", body }));
console.log(await response.text());

await claude.close();
