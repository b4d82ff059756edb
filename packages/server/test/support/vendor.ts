import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** How a vendor answers one request; `prompt` is the last thing that was said. */
export type Play = (response: ServerResponse, prompt: string, request: IncomingMessage) => void;

export interface Vendor {
  readonly url: string;
  /** Prompts in the order in which they came. */
  readonly prompts: string[];
  /** Requests whose client has left before the end. */
  left: number;
  close(): Promise<void>;
}

/** A server of chat completions on loopback. */
export async function startVendor(play: Play): Promise<Vendor> {
  const prompts: string[] = [];
  const server = createServer(async (request, response) => {
    try {
      const { messages } = JSON.parse(await text(request));
      const prompt = JSON.stringify(messages.at(-1).content).replace(/^"|"$/g, "");
      prompts.push(prompt);
      response.once("close", () => {
        if (!response.writableFinished) vendor.left += 1;
      });
      play(response, prompt, request);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const vendor: Vendor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    prompts,
    left: 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return vendor;
}

export function begin(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
}

export function piece(response: ServerResponse, content: string): boolean {
  return response.write(event({ choices: [{ index: 0, delta: { content } }] }));
}

/** The end of an answer, and what it has used. */
export function finish(response: ServerResponse, input: number, output: number): void {
  response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }));
  const usage = { prompt_tokens: input, completion_tokens: output };
  response.end(`${event({ choices: [], usage })}data: [DONE]\n\n`);
}

export function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { message, type: "error" } }));
}

function event(more: object): string {
  return `data: ${JSON.stringify({ id: "a", object: "chat.completion.chunk", created: 1, model: "m", ...more })}\n\n`;
}
