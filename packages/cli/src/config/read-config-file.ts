import { existsSync } from "node:fs";
import type { Node } from "jsonc-parser";
import { UsageError } from "../failure.ts";
import { nearest } from "../input/nearest.ts";
import { readTextFile } from "../input/read-text.ts";
import { type SettingName, type Settings, settingNames, settings } from "./settings.ts";

/** The version of the file; one without it is of this one. */
export const configVersion = 1;

/** The settings of the config file, each checked; none where there is no file. */
export async function readConfigFile(path: string): Promise<Settings> {
  if (!existsSync(path)) {
    if (process.env.ACC_CONFIG) throw missing(path);
    return {};
  }
  const { invalidFile, parseJson } = await import("../input/parse-json.ts");
  const { getNodeValue } = await import("jsonc-parser");
  const text = await readTextFile(path);
  const root = parseJson(text, path);
  if (root.type !== "object") throw invalidFile(text, path, root.offset, "must be an object");
  const found: Record<string, unknown> = {};
  refuseNewer(root, path);
  for (const property of root.children ?? []) {
    const [key, value] = property.children as [Node, Node];
    const name = key.value as string;
    if (name === "version" && value.value === configVersion) continue;
    if (!settingNames.includes(name as SettingName)) {
      const near = nearest(name, settingNames);
      const hint = near ? `did you mean "${near}"?` : `there are ${settingNames.join(", ")}`;
      throw invalidFile(text, path, key.offset, `there is no setting "${name}"; ${hint}`);
    }
    const { check, valid } = settings[name as SettingName];
    found[name] = check(getNodeValue(value));
    if (found[name] !== undefined) continue;
    throw invalidFile(text, path, value.offset, `"${name}" must be ${valid}`);
  }
  return found as Settings;
}

/** Before anything else of it is read: what a later version has may mean another thing. */
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
