import type { SecretStore } from "../stores/secret-store.ts";

/** Creates a store that holds exactly these secrets, by name. */
export type CreateStore = (secrets: Readonly<Record<string, string>>) => Promise<SecretStore>;

/** One rule of the contract. */
export interface Rule {
  readonly name: string;
  /** What breaks for a user if a store does not follow the rule. */
  readonly purpose: string;
  /** The members of a store that the rule needs; it is skipped for a store without them. */
  readonly needs?: readonly (keyof SecretStore)[];
  /** The secrets in the store when the rule starts. @default nothing */
  readonly holds?: Readonly<Record<string, string>>;
  check(store: SecretStore): Promise<void>;
}

export const first = "first-value-0001";
export const second = "second-value-0002";
export const two: Readonly<Record<string, string>> = {
  first_api_key: first,
  second_api_key: second,
};
