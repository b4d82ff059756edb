import type { Client } from "@acc/dual-mode";

/** The clients of an app, by the names that it uses for them. */
export type Clients = Readonly<Record<string, Client>>;

/** "claude" is a client with its default model, "claude/claude-sonnet-5-5" names the model. */
export type ModelId<Named extends Clients> =
  | (keyof Named & string)
  | `${keyof Named & string}/${string}`
  | (string & {});

/** An AI SDK provider whose models are clients. */
export interface Provider<Named extends Clients, Model> {
  /** @throws NoSuchModelError if no client has the name */
  (modelId: ModelId<Named>): Model;
  /** @throws NoSuchModelError if no client has the name */
  languageModel(modelId: ModelId<Named>): Model;
  /** @throws NoSuchModelError always: clients support only conversations */
  embeddingModel(modelId: string): never;
  /** @throws NoSuchModelError always: clients support only conversations */
  textEmbeddingModel(modelId: string): never;
  /** @throws NoSuchModelError always: clients support only conversations */
  imageModel(modelId: string): never;
  /**
   * Reports that the app has refused an answer. If the same request is made again, it is sent to
   * the vendor, and the cache keeps the new answer. Takes NoObjectGeneratedError, or any result or
   * error that has the answer's `response`. An answer that does not fit its schema need not be
   * reported.
   *
   * @returns whether the answer is one of this provider's last thousand JSON answers
   */
  refuse(answer: unknown): boolean;
}
