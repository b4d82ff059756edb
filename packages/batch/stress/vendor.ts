import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { answer, refuse } from "../test/support/vendor.ts";

/** A vendor that is slow, fails and cuts, and knows whom it has answered. */
export class StressVendor {
  readonly #server = createServer((request, response) => this.#take(request, response));
  readonly #random: () => number;
  /** How often each prompt was asked in this run of the batch. */
  asked: Map<string, number> = new Map();
  requests = 0;
  #onRequest: (() => void) | undefined;

  constructor(random: () => number) {
    this.#random = random;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Another run begins. */
  begin(onRequest: () => void): void {
    this.asked = new Map();
    this.#onRequest = onRequest;
  }

  async #take(request: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
    const { messages } = JSON.parse(await text(request));
    const prompt = String(messages.at(-1).content);
    this.requests += 1;
    this.asked.set(prompt, (this.asked.get(prompt) ?? 0) + 1);
    this.#onRequest?.();
    const way = this.#random();
    const delay = 2 + this.#random() * 20;
    setTimeout(() => {
      if (way < 0.01) refuse(response, 500, "away");
      else if (way < 0.02) response.destroy();
      else answer(response, `re: ${prompt}`);
    }, delay);
  }
}
