import type { Client, ClientOptions } from "@acc/dual-mode";
import { createProvider } from "../providers.ts";
import type { Asked } from "./messages.ts";

/** Options that all clients share. */
type Common = Pick<ClientOptions, "secrets" | "cache" | "standby">;

/**
 * The clients of earlier calls, kept because a standby process belongs to the client that started
 * it.
 */
export class ClientShelf {
  readonly #common: Common;
  readonly #made = new Map<string, Promise<Client>>();

  constructor(common: Common) {
    this.#common = common;
  }

  /** A client of an earlier call with the same provider and options, else a new one. */
  async take(name: string, own: Asked["client"]): Promise<Client> {
    const key = JSON.stringify([name, own.billing, own.retry]);
    const made = this.#made.get(key) ?? createProvider(name, { ...own, ...this.#common });
    this.#made.set(key, made);
    // A client that cannot be made now may be later: its package, or a file, may be corrected.
    made.catch(() => this.#made.delete(key));
    return made;
  }

  async close(): Promise<void> {
    const made = await Promise.allSettled(this.#made.values());
    const clients = made.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    await Promise.all(clients.map((client) => client.close()));
  }
}
