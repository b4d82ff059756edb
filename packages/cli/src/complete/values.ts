import type { Argument, Option } from "commander";
import type { Awaited } from "./awaited.ts";

const keyProviders = ["env", "passphrase", "keychain", "file:", "aws-kms", "vault-transit"];

type Source = (at: Awaited) => Promise<readonly string[]>;

/** The source of the values that fit, by an option's long name or by a command and its argument. */
const sources: Readonly<Record<string, Source>> = {
  "--provider": async (at) => (await import("./provider-values.ts")).providerValues(at),
  "providers add name": async () => (await import("./provider-values.ts")).ownProviderValues("add"),
  "providers remove name": async () =>
    (await import("./provider-values.ts")).ownProviderValues("remove"),
  "providers test name": async () =>
    (await import("./provider-values.ts")).ownProviderValues("test"),
  "mcp install agent": async () => (await import("../mcp/install/agents.ts")).agentNames,
  "--model": async (at) => (await import("./model-values.ts")).modelValues(at),
  "--template": async () => (await import("../templates/templates-folder.ts")).templateNames(),
  "templates show name": async () =>
    (await import("../templates/templates-folder.ts")).templateNames(),
  "--secret": async () => (await import("./secret-values.ts")).secretValues(),
  "--unlock": async () => keyProviders,
  "secrets get name": async () => (await import("./secret-values.ts")).secretValues(),
  "secrets set name": async () => (await import("./secret-values.ts")).secretValues(),
  "secrets delete name": async () => (await import("./secret-values.ts")).secretValues(),
  "secrets rotate name": async () => (await import("./secret-values.ts")).secretValues(),
  "--continue": async () => (await import("../log/log-values.ts")).conversationIds(),
  "log show id": async () => (await import("../log/log-values.ts")).conversationIds(),
  "log export ids": async () => (await import("../log/log-values.ts")).conversationIds(),
  "log delete ids": async () => (await import("../log/log-values.ts")).conversationIds(),
  "config set setting": async () => (await import("../config/settings.ts")).settingNames,
  "config unset setting": async () => (await import("../config/settings.ts")).settingNames,
  "secrets keys add provider": async () => keyProviders,
};

/** Returns "files", the values that fit, or undefined if only the library's table knows them. */
export async function fitting(at: Awaited): Promise<readonly string[] | "files" | undefined> {
  if (isPath(at.of)) return "files";
  const source = sources["long" in at.of ? (at.of.long ?? "") : `${at.command} ${at.of.name()}`];
  if (source === undefined) return undefined;
  return (await source(at)).filter((value) => value.startsWith(at.typed) && isPlain(value));
}

/** Whether the name of the value says that it is a path. */
function isPath(of: Option | Argument): boolean {
  const name = "flags" in of ? /[<[](\w+)/.exec(of.flags)?.[1] : of.name();
  return name === "path" || name === "file";
}

/**
 * Whether a value is a plain word: bash expands offered words, and terminals obey control codes.
 */
function isPlain(value: string): boolean {
  return /^[\w@%+=:,./-]+$/.test(value);
}
