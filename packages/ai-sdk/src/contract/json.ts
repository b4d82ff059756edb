/** A value of JSON; of the AI SDK's own form, so that its types take ours. */
export type JsonValue =
  | null
  | string
  | number
  | boolean
  | JsonValue[]
  | { [key: string]: JsonValue };

/** What a provider tells or is told, by the provider's name. */
export type ProviderMetadata = Record<string, Record<string, JsonValue>>;
