import { existsSync } from "node:fs";
import type { Node } from "jsonc-parser";
import { UsageError } from "../failure.ts";
import { nearest } from "../input/nearest.ts";
import { readTextFile } from "../input/read-text.ts";
import { isKnownProvider } from "../providers/known-providers.ts";
import type { ProviderSettings } from "../providers/provider-setting.ts";
import type { Refuse } from "../providers/read-providers.ts";
import type { SecretsSetting } from "../secrets/secrets-setting.ts";
import type { ServeSetting } from "../serve/serve-setting.ts";
import type { McpServers } from "../tools/mcp-setting.ts";
import { type FileSettings, type SettingName, settingNames, settings } from "./settings.ts";

/** The version of the config file; a file without a version has this one. */
export const configVersion = 1;

/** Reads and checks the settings of the config file; none if there is no file. */
export async function readConfigFile(path: string): Promise<FileSettings> {
  if (!existsSync(path)) {
    if (process.env.ACC_CONFIG) throw missing(path);
    return {};
  }
  return parseConfig(await readTextFile(path), path);
}

/** Parses and checks the text of a config file. */
export async function parseConfig(text: string, path: string): Promise<FileSettings> {
  const { invalidFile, parseJson } = await import("../input/parse-json.ts");
  const { getNodeValue } = await import("jsonc-parser");
  const root = parseJson(text, path);
  const refuse = (node: Node, what: string) => invalidFile(text, path, node.offset, what);
  if (root.type !== "object") throw refuse(root, "must be an object");
  refuseNewer(root, path);
  const providers = await providersOf(root, refuse);
  const isProvider = (name: unknown) => isKnownProvider(name, providers);
  const secrets = await secretsOf(root, refuse);
  const mcpServers = await mcpServersOf(root, refuse);
  const serve = await serveOf(root, refuse);
  const found: Record<string, unknown> = {
    ...(providers && { providers }),
    ...(secrets && { secrets }),
    ...(mcpServers && { mcpServers }),
    ...(serve && { serve }),
  };
  for (const property of root.children ?? []) {
    const [key, value] = property.children as [Node, Node];
    const name = key.value as string;
    if (readApart.includes(name) || (name === "version" && value.value === configVersion)) continue;
    if (!settingNames.includes(name as SettingName)) throw refuse(key, unknown(name));
    const { check, valid } = settings[name as SettingName];
    found[name] = check(getNodeValue(value), isProvider);
    if (found[name] === undefined) throw refuse(value, `"${name}" must be ${valid}`);
  }
  return found as FileSettings;
}

/** Members that are not settings; each has its own reader. */
const readApart = ["providers", "secrets", "mcpServers", "serve"];

function memberOf({ children = [] }: Node, name: string): Node | undefined {
  return children.find((each) => each.children?.[0]?.value === name)?.children?.[1];
}

async function mcpServersOf(root: Node, refuse: Refuse): Promise<McpServers | undefined> {
  const node = memberOf(root, "mcpServers");
  if (node === undefined) return undefined;
  const { mcpFault } = await import("../tools/mcp-setting.ts");
  const { findNodeAtLocation, getNodeValue } = await import("jsonc-parser");
  const servers = getNodeValue(node);
  const fault = mcpFault(servers);
  if (fault === undefined) return servers;
  const path = ["mcpServers", ...fault.place].join(".");
  throw refuse(findNodeAtLocation(node, [...fault.place]) ?? node, `"${path}" ${fault.what}`);
}

async function serveOf(root: Node, refuse: Refuse): Promise<ServeSetting | undefined> {
  const node = memberOf(root, "serve");
  if (node === undefined) return undefined;
  const { serveFault } = await import("../serve/serve-setting.ts");
  const { findNodeAtLocation, getNodeValue } = await import("jsonc-parser");
  const setting = getNodeValue(node);
  const fault = serveFault(setting);
  if (fault === undefined) return setting;
  const path = ["serve", ...fault.place].join(".");
  throw refuse(findNodeAtLocation(node, [...fault.place]) ?? node, `"${path}" ${fault.what}`);
}

/** Reads the providers before the settings, which may name them. */
async function providersOf(root: Node, refuse: Refuse): Promise<ProviderSettings | undefined> {
  const node = memberOf(root, "providers");
  if (node === undefined) return undefined;
  const { readProviders } = await import("../providers/read-providers.ts");
  return readProviders(node, refuse);
}

async function secretsOf(root: Node, refuse: Refuse): Promise<SecretsSetting | undefined> {
  const node = memberOf(root, "secrets");
  if (node === undefined) return undefined;
  const { readSecretsSetting } = await import("../secrets/secrets-setting.ts");
  return readSecretsSetting(node, refuse);
}

function unknown(name: string): string {
  const known = [...settingNames, ...readApart];
  const near = nearest(name, known);
  const hint = near ? `did you mean "${near}"?` : `there are ${known.join(", ")}`;
  return `there is no setting "${name}"; ${hint}`;
}

/** Checked first, since members of a later version may mean something else. */
function refuseNewer(root: Node, path: string): void {
  const pairs = (root.children ?? []).map(({ children }) => children as [Node, Node]);
  const version = pairs.find(([key]) => key.value === "version")?.[1].value;
  if (typeof version !== "number" || version <= configVersion) return;
  throw new UsageError(
    `The config file ${path} has version ${version}; this acc knows ${configVersion}.`,
    "Update acc, or name another file in ACC_CONFIG.",
    "NEWER_VERSION",
  );
}

function missing(path: string): UsageError {
  return new UsageError(
    `The config file ${path}, which ACC_CONFIG names, is not there.`,
    "Unset ACC_CONFIG, or run: acc config init",
    "FILE_UNREADABLE",
  );
}
