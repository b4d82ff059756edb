import type { ClientOptions } from "@acc/dual-mode";

/** A provider of the config file, checked: `providers.<name>`. */
export interface ProviderSetting {
  /** Whom it is like: a provider that comes with `acc`, or one of a package. */
  readonly like?: string;
  /** "openai", or the preset of the server: it is asked for chat completions. */
  readonly compatible?: string;
  readonly baseUrl?: string;
  /** The name of a secret, never a key. */
  readonly key?: string;
  readonly model?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** All else: options of a client, and what a compatible server is like. */
  readonly [member: string]: unknown;
}

/** The providers of the config file, by their names. */
export type ProviderSettings = Readonly<Record<string, ProviderSetting>>;

/** Options of a client that JSON can say. */
type Option = keyof ClientOptions & string;

/** What every provider of the config file may have, and is an option of its client. */
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

/** The options of a client that has a CLI, or a vendor's cache of prompts. */
export const vendorOptions: readonly Option[] = [
  "billing",
  "prefer",
  "only",
  "cliPath",
  "promptCache",
];

/** What a compatible server is like, where it is other than most. */
export const serverMembers: readonly string[] = [
  "headers",
  "supports",
  "keyHeader",
  "members",
  "callIdLength",
  "reasoningMember",
];

/** A preset knows its own address; of Azure each customer has another. */
export function needsAddress({ compatible, baseUrl }: ProviderSetting): boolean {
  return baseUrl === undefined && (compatible === "openai" || compatible === "azure-openai");
}

/** Lower-case letters, digits and dashes, as every provider's id. */
export const nameForm: RegExp = /^(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
