import type { Clients } from "./route.ts";

/** Milliseconds for which a vendor's list is reused. */
const fresh = 10 * 60_000;
/** Milliseconds that a vendor has to answer. */
const patience = 5_000;

/** The models of each provider, as its package knows them and as its vendor lists them. */
export class Listing {
  readonly #clients: Clients;
  #told: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  #until = 0;

  constructor(clients: Clients) {
    this.#clients = clients;
  }

  /** Makes no request. */
  known(provider: string): readonly string[] {
    return this.#clients[provider]?.models ?? [];
  }

  /** By provider; if a vendor does not answer, what its package knows. */
  all(): Promise<ReadonlyMap<string, readonly string[]>> {
    const now = performance.now();
    if (this.#told === undefined || now > this.#until) {
      this.#until = now + fresh;
      this.#told = this.#ask();
    }
    return this.#told;
  }

  async #ask(): Promise<ReadonlyMap<string, readonly string[]>> {
    const names = Object.keys(this.#clients);
    const all = await Promise.all(names.map(async (name) => [name, await this.#of(name)] as const));
    return new Map(all);
  }

  async #of(name: string): Promise<readonly string[]> {
    const known = this.known(name);
    try {
      const listed = (await this.#clients[name]?.listModels({ timeout: patience })) ?? [];
      return [
        ...new Set(listed.flatMap((each) => each.usable?.models ?? each.known).concat(known)),
      ];
    } catch {
      return known;
    }
  }
}
