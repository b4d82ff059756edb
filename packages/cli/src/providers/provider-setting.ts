import type { ClientOptions } from "@acc/dual-mode";

/** A provider of the config file, checked: `providers.<name>`. */
export interface ProviderSetting {
  /** The provider of which this is a variant: one that comes with `acc`, or one of a package. */
  readonly like?: string;
  /** "openai", or the preset of a server that is asked for chat completions. */
  readonly compatible?: string;
  readonly baseUrl?: string;
  /** The name of a secret, never a key. */
  readonly key?: string;
  readonly model?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** All other members: options of a client, and properties of a compatible server. */
  readonly [member: string]: unknown;
}

/** The providers of the config file, by their names. */
export type ProviderSettings = Readonly<Record<string, ProviderSetting>>;

/** Options of a client that can be written as JSON. */
type Option = keyof ClientOptions & string;

/** Options of a client that every provider of the config file may have. */
export const sharedOptions: readonly Option[] = [
  "baseUrl",
  "model",
  "defaults",
  "timeout",
  "retry",
  "concurrency",
  "rate",
  "lenient",
  "prices",
];

/** Options of clients that have a CLI or a vendor's prompt cache. */
export const vendorOptions: readonly Option[] = [
  "billing",
  "prefer",
  "only",
  "cliPath",
  "promptCache",
];

/** Properties in which a compatible server may differ from most. */
export const serverMembers: readonly string[] = [
  "headers",
  "supports",
  "keyHeader",
  "members",
  "callIdLength",
  "reasoningMember",
];

/**
 * Whether the address must be given. Presets have an address, except Azure's, since each of its
 * customers has another.
 */
export function needsAddress({ compatible, baseUrl }: ProviderSetting): boolean {
  return baseUrl === undefined && (compatible === "openai" || compatible === "azure-openai");
}

/**
 * The form of a provider's name: lower-case letters, digits and dashes, as in every provider's id.
 */
export const nameForm: RegExp = /^(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
