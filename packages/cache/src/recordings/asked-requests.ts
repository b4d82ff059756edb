/** The most requests that are remembered until their responses arrive. */
const MOST = 1000;

/** Recent requests, by CID. */
export class AskedRequests {
  readonly #byCid: Map<string, unknown> = new Map();

  add(cid: string, request: unknown): void {
    this.#byCid.delete(cid);
    this.#byCid.set(cid, request);
    const [oldest] = this.#byCid.keys();
    if (this.#byCid.size > MOST && oldest !== undefined) this.#byCid.delete(oldest);
  }

  has(cid: string): boolean {
    return this.#byCid.has(cid);
  }

  get(cid: string): unknown {
    return this.#byCid.get(cid);
  }
}
