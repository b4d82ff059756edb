import { getNodeValue, type Node } from "jsonc-parser";
import type { Refuse } from "../providers/read-providers.ts";
import { checkMember, pairsOf } from "./setting-members.ts";
import { checkWrapSetting, type WrapSetting } from "./wrap-setting.ts";

/** A reference to a secret that the config file does not hold itself. */
export type FromOutside = { readonly env: string } | { readonly file: string };

/** The member `secrets` of the config file, checked: where secrets are stored. */
export interface SecretsSetting {
  readonly store: StoreName;
  /** The service that seals the wrapping key of the store "file". */
  readonly wrap?: WrapSetting;
  readonly [member: string]: unknown;
}

/** The stores that the config file can name, and the members of each. */
const stores = {
  file: ["wrap"],
  command: ["command", "take"],
  files: ["folder"],
  "docker-helper": ["helper", "prefix"],
  vault: ["address", "auth", "namespace", "mount", "path", "field"],
  aws: ["region", "endpoint", "prefix"],
  gcp: ["project", "address", "prefix", "token", "tokenCommand"],
} as const;

export type StoreName = keyof typeof stores;

const storeNames: readonly string[] = Object.keys(stores);

const outsideMembers = ["names", "ttl", "refreshAfter", "timeout", "required"];
const authMembers = ["method", "mount", "role", "roleId", "secretId", "jwt", "token"];

/** Members that must not be in a file that others can read. */
const secretMembers: readonly string[] = ["secretId", "jwt", "token"];

/** @throws what `refuse` returns for the first fault */
export function readSecretsSetting(root: Node, refuse: Refuse): SecretsSetting {
  if (root.type !== "object") throw refuse(root, '"secrets" must be an object');
  const given = getNodeValue(root) as Record<string, unknown>;
  const { store = given.wrap === undefined ? undefined : "file" } = given;
  if (typeof store !== "string" || !Object.hasOwn(stores, store)) {
    throw refuse(root, `"secrets.store" must be one of ${storeNames.join(", ")}`);
  }
  const own: readonly string[] = stores[store as StoreName];
  const members = ["store", ...own, ...(store === "file" ? [] : outsideMembers)];
  const check = (of: string) => (member: string, value: Node) => {
    if (member === "auth") checkAuth(of, value, refuse);
    const fault = checks[member]?.(getNodeValue(value));
    if (fault !== undefined) throw refuse(value, `"${of}.${member}" ${fault}`);
  };
  for (const [key, value] of pairsOf(root)) {
    checkMember("secrets", key, members, refuse);
    if (key.value === "wrap") checkWrapSetting(value, check("secrets.wrap"), refuse);
    else check("secrets")(String(key.value), value);
  }
  for (const needed of needs[store as StoreName]) {
    if (given[needed] === undefined) throw refuse(root, `"secrets" needs "${needed}" for ${store}`);
  }
  return { ...given, store } as SecretsSetting;
}

const needs: Readonly<Record<StoreName, readonly string[]>> = {
  file: [],
  command: ["command", "names"],
  files: ["folder"],
  "docker-helper": ["helper"],
  vault: ["address", "auth"],
  aws: [],
  gcp: ["project"],
};

type Check = (value: unknown) => string | undefined;

const isText: Check = (value) =>
  typeof value === "string" && value !== "" ? undefined : "must be a text";
const isTime: Check = (value) =>
  typeof value === "number" && value >= 0 ? undefined : "must be a time in milliseconds";

const areWords =
  (such: string): Check =>
  (value) =>
    Array.isArray(value) && value.length > 1 && value.every((word) => isText(word) === undefined)
      ? undefined
      : `must be a list of words, such as ${such}`;

const texts = "helper prefix address namespace mount path field region endpoint project folder key";

const checks: Readonly<Record<string, Check>> = {
  command: areWords('["pass", "show", "{}"]'),
  tokenCommand: areWords('["gcloud", "auth", "print-access-token"]'),
  token: isOutside,
  names: (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? undefined
      : "must be an object, by the names of secrets",
  required: (value) => (typeof value === "boolean" ? undefined : "must be true or false"),
  take: (value) =>
    value === "all" || value === "first-line" ? undefined : 'must be "all" or "first-line"',
  ...Object.fromEntries(["ttl", "refreshAfter", "timeout"].map((name) => [name, isTime])),
  ...Object.fromEntries(texts.split(" ").map((name) => [name, isText])),
};

function checkAuth(of: string, node: Node, refuse: Refuse): void {
  if (node.type !== "object") throw refuse(node, `"${of}.auth" must be an object`);
  for (const [key, value] of pairsOf(node)) {
    checkMember(`${of}.auth`, key, authMembers, refuse);
    if (!secretMembers.includes(key.value as string)) continue;
    const fault = isOutside(getNodeValue(value));
    if (fault !== undefined) throw refuse(value, `"${of}.auth.${key.value}" ${fault}`);
  }
}

function isOutside(value: unknown): string | undefined {
  const { env, file } = (value ?? {}) as { env?: unknown; file?: unknown };
  if (isText(env) === undefined || isText(file) === undefined) return undefined;
  return 'must be { "env": "NAME" } or { "file": "/path" }: the config file holds no secret';
}
