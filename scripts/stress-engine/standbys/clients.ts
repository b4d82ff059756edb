import { createClaude } from "@acc/claude";
import type { Client } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";

export interface Place {
  readonly claude: string;
  readonly gemini: string;
  /** Where a played CLI notes what it should not have been asked. */
  readonly notes: string;
}

/** A client of each played CLI, which has processes wait, and of which one now and then is replaced. */
export class Clients {
  readonly #place: Place;
  readonly #open: Client[];
  readonly #closing: Promise<void>[] = [];
  #opened = 0;

  constructor(place: Place) {
    this.#place = place;
    this.#open = [this.#create(0), this.#create(1)];
  }

  at(index: number): Client {
    return this.#open[index] as Client;
  }

  /** Closes one, whatever it does, and opens another with another key. */
  replace(index: number): void {
    this.#closing.push(this.at(index).close());
    this.#open[index] = this.#create(index);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#closing, ...this.#open.map((client) => client.close())]);
  }

  #create(index: number): Client {
    const { claude, gemini, notes } = this.#place;
    const create = index === 0 ? createClaude : createGemini;
    return create({
      apiKey: `no-key-of-anybody-${this.#opened++}`,
      cliPath: index === 0 ? claude : gemini,
      cli: { env: { PLAY_NOTES: notes } },
      only: "cli",
      billing: "key",
      secrets: false,
      cache: false,
      retry: 0,
      standby: 2,
    });
  }
}
