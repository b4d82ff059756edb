/** A JSON value, declared as in the AI SDK so that its types accept ours. */
export type JsonValue =
  | null
  | string
  | number
  | boolean
  | JsonValue[]
  | { [key: string]: JsonValue };

/** Metadata from or for providers, by the provider's name. */
export type ProviderMetadata = Record<string, Record<string, JsonValue>>;
