import { type CallOptions, type ChatRequest, type Client, chain } from "@acc/dual-mode";
import type { Target } from "../contract/access.ts";

/** What a name of a model resolves to. */
export interface Route {
  /** In the order in which they are tried. */
  readonly targets: readonly Target[];
  readonly client: Client;
  /**
   * The model to request; absent for the default model, and for a chain, whose clients each name
   * their own.
   */
  readonly model?: string;
}

/** The clients that can be called, by the name before the slash. */
export type Clients = Readonly<Record<string, Client>>;

export function toRoute(clients: Clients, targets: readonly Target[]): Route {
  const asked = targets.map((target) => ({ target, client: clients[target.provider] as Client }));
  const [only] = asked;
  if (asked.length === 1 && only !== undefined) {
    const { model } = only.target;
    return { targets, client: only.client, ...(model !== undefined && { model }) };
  }
  return { targets, client: chain(asked.map(({ client, target }) => withModel(client, target))) };
}

/**
 * Makes a client that always calls one model, so that a chain can call one provider for several.
 */
function withModel(client: Client, { model }: Target): Client {
  if (model === undefined) return client;
  const named = <T>(input: string | ChatRequest<T>): ChatRequest<T> => {
    const request =
      typeof input === "string" ? { messages: [{ role: "user", content: input } as const] } : input;
    return { ...request, model };
  };
  return {
    ...client,
    chat: <T>(input: string | ChatRequest<T>, options?: CallOptions) =>
      client.chat(named(input), options),
    stream: <T>(input: string | ChatRequest<T>, options?: CallOptions) =>
      client.stream(named(input), options),
  };
}
