import type { Client } from "@acc/dual-mode";

/** The clients of an app, by the names that it asks for them by. */
export type Clients = Readonly<Record<string, Client>>;

/** "claude" asks a client for its own model, "claude/claude-sonnet-5-5" for this one. */
export type ModelId<Named extends Clients> =
  | (keyof Named & string)
  | `${keyof Named & string}/${string}`
  | (string & {});

/** A provider of the AI SDK whose models are clients. */
export interface Provider<Named extends Clients, Model> {
  /** @throws NoSuchModelError where no client has the name */
  (modelId: ModelId<Named>): Model;
  /** @throws NoSuchModelError where no client has the name */
  languageModel(modelId: ModelId<Named>): Model;
  /** @throws NoSuchModelError always: clients hold conversations alone */
  embeddingModel(modelId: string): never;
  /** @throws NoSuchModelError always: clients hold conversations alone */
  textEmbeddingModel(modelId: string): never;
  /** @throws NoSuchModelError always: clients hold conversations alone */
  imageModel(modelId: string): never;
  /**
   * Says that the app has refused an answer: where the same is asked again, the vendor is asked again
   * and the cache keeps the new answer. Takes NoObjectGeneratedError, or any result or error that
   * has the answer's `response`. What the schema itself refuses needs no such word.
   *
   * @returns whether the answer was one of this provider's last thousand that were asked for as JSON
   */
  refuse(answer: unknown): boolean;
}
