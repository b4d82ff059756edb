import type { Container, Loaded } from "../container.ts";
import { emptyBody } from "../store-body.ts";

/** Keeps a body in this process only. */
export class MemoryContainer implements Container {
  readonly kind = "memory";
  #kept: Loaded | undefined;

  signature(): string {
    return String(this.#kept?.seal.generation ?? "none");
  }

  async read(): Promise<Loaded | undefined> {
    return structuredClone(this.#kept);
  }

  async create(): Promise<Loaded> {
    const seal = { storeId: "memory", generation: 0, keys: [], dataKey: undefined };
    return { body: emptyBody(), seal };
  }

  async write({ body, seal }: Loaded): Promise<void> {
    this.#kept = structuredClone({ body, seal: { ...seal, generation: seal.generation + 1 } });
  }

  exclusively<T>(task: () => Promise<T>): Promise<T> {
    return task();
  }
}
