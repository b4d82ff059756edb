import type { SecretStore } from "../stores/secret-store.ts";

/** Makes a store that holds these secrets and no others, by name. */
export type CreateStore = (secrets: Readonly<Record<string, string>>) => Promise<SecretStore>;

/** One rule of the contract. */
export interface Rule {
  readonly name: string;
  /** What breaks for a user where a store does not keep it. */
  readonly purpose: string;
  /** A store without these members it passes by. */
  readonly needs?: readonly (keyof SecretStore)[];
  /** What the store holds when the rule begins. @default nothing */
  readonly holds?: Readonly<Record<string, string>>;
  check(store: SecretStore): Promise<void>;
}

export const first = "first-value-0001";
export const second = "second-value-0002";
export const two: Readonly<Record<string, string>> = {
  first_api_key: first,
  second_api_key: second,
};
