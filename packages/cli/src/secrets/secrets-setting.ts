import { getNodeValue, type Node } from "jsonc-parser";
import { nearest } from "../input/nearest.ts";
import type { Refuse } from "../providers/read-providers.ts";

/** A secret that the config file names and does not hold. */
export type FromOutside = { readonly env: string } | { readonly file: string };

/** Where the config file says that secrets are kept: its member `secrets`, checked. */
export interface SecretsSetting {
  readonly store: StoreName;
  readonly [member: string]: unknown;
}

/** The stores that the config file can name, and the members of each. */
const stores = {
  file: [],
  command: ["command", "take"],
  "docker-helper": ["helper", "prefix"],
  vault: ["address", "auth", "namespace", "mount", "path", "field"],
} as const;

export type StoreName = keyof typeof stores;

const storeNames: readonly string[] = Object.keys(stores);

const outsideMembers = ["names", "ttl", "refreshAfter", "timeout", "required"];
const authMembers = ["method", "mount", "role", "roleId", "secretId", "jwt", "token"];

/** What must not stand in a file that others read. */
const secretMembers: readonly string[] = ["secretId", "jwt", "token"];

/** @throws what `refuse` makes of the first fault */
export function readSecretsSetting(root: Node, refuse: Refuse): SecretsSetting {
  if (root.type !== "object") throw refuse(root, '"secrets" must be an object');
  const given = getNodeValue(root) as Record<string, unknown>;
  const { store } = given;
  if (typeof store !== "string" || !Object.hasOwn(stores, store)) {
    throw refuse(root, `"secrets.store" must be one of ${storeNames.join(", ")}`);
  }
  const own: readonly string[] = stores[store as StoreName];
  const members = ["store", ...own, ...(store === "file" ? [] : outsideMembers)];
  for (const [key, value] of pairsOf(root)) {
    checkMember("secrets", key, members, refuse);
    if (key.value === "auth") checkAuth(value, refuse);
    const fault = checks[key.value as string]?.(getNodeValue(value));
    if (fault !== undefined) throw refuse(value, `"secrets.${key.value}" ${fault}`);
  }
  for (const needed of needs[store as StoreName]) {
    if (given[needed] === undefined) throw refuse(root, `"secrets" needs "${needed}" for ${store}`);
  }
  return given as SecretsSetting;
}

const needs: Readonly<Record<StoreName, readonly string[]>> = {
  file: [],
  command: ["command", "names"],
  "docker-helper": ["helper"],
  vault: ["address", "auth"],
};

type Check = (value: unknown) => string | undefined;

const isText: Check = (value) =>
  typeof value === "string" && value !== "" ? undefined : "must be a text";
const isTime: Check = (value) =>
  typeof value === "number" && value >= 0 ? undefined : "must be a time in milliseconds";

const checks: Readonly<Record<string, Check>> = {
  command: (value) =>
    Array.isArray(value) && value.length > 1 && value.every((word) => isText(word) === undefined)
      ? undefined
      : 'must be a list of words, such as ["pass", "show", "{}"]',
  names: (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? undefined
      : "must be an object, by the names of secrets",
  required: (value) => (typeof value === "boolean" ? undefined : "must be true or false"),
  take: (value) =>
    value === "all" || value === "first-line" ? undefined : 'must be "all" or "first-line"',
  ...Object.fromEntries(["ttl", "refreshAfter", "timeout"].map((name) => [name, isTime])),
  ...Object.fromEntries(
    ["helper", "prefix", "address", "namespace", "mount", "path", "field"].map((name) => [
      name,
      isText,
    ]),
  ),
};

function checkAuth(node: Node, refuse: Refuse): void {
  if (node.type !== "object") throw refuse(node, '"secrets.auth" must be an object');
  for (const [key, value] of pairsOf(node)) {
    checkMember("secrets.auth", key, authMembers, refuse);
    if (!secretMembers.includes(key.value as string)) continue;
    const { env, file } = (getNodeValue(value) ?? {}) as { env?: unknown; file?: unknown };
    if (isText(env) === undefined || isText(file) === undefined) continue;
    const how = '{ "env": "NAME" } or { "file": "/path" }: the config file holds no secret';
    throw refuse(value, `"secrets.auth.${key.value}" must be ${how}`);
  }
}

function checkMember(of: string, key: Node, members: readonly string[], refuse: Refuse): void {
  const name = String(key.value);
  if (members.includes(name)) return;
  const near = nearest(name, members);
  const hint = near ? `did you mean "${near}"?` : `there are ${members.join(", ")}`;
  throw refuse(key, `"${of}" has no "${name}"; ${hint}`);
}

function pairsOf(node: Node): readonly [Node, Node][] {
  return (node.children ?? []).map(({ children }) => children as [Node, Node]);
}
