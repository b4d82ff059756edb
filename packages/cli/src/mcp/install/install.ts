import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { replaceFile } from "../../config/replace-file.ts";
import { Failure, UsageError } from "../../failure.ts";
import { confirm } from "../../input/confirm.ts";
import { nearest } from "../../input/nearest.ts";
import { readTextFile } from "../../input/read-text.ts";
import { print, printJson, tell } from "../../output/terminal.ts";
import { type Agent, agentNames, agents, type Entry } from "./agents.ts";
import { editJson } from "./edit-json.ts";
import { editToml } from "./edit-toml.ts";

export interface InstallOptions {
  readonly yes?: boolean;
  readonly replace?: boolean;
  readonly show?: boolean;
  readonly json?: boolean;
}

/** Shows how `acc mcp` is registered with an agent, and registers it if the user agrees. */
export async function installMcp(
  name: string,
  flags: readonly string[],
  { yes, replace, show, json }: InstallOptions,
): Promise<void> {
  const agent = agentOf(name);
  const path = agent.path();
  const entry = { ...agent.more, ...(await entryOf(flags)) };
  const isNew = !existsSync(path);
  const { text, state } = await edit(agent, isNew ? "" : await readTextFile(path), path, entry);
  const told = { agent: name, path, entry };
  if (state === "same") {
    if (json) printJson({ ...told, changed: false });
    else tell(`${agent.title} has it already: ${path}`);
    return;
  }
  if (!json) print(`${agent.title}, in ${path}:\n${shown(agent, entry)}`);
  if (show) return json ? printJson({ ...told, changed: false }) : undefined;
  if (state === "other" && !replace) {
    const message = `${path} has another server of the name acc.`;
    throw new Failure("ALREADY_ADDED", message, "Add --replace to put this one in its place.");
  }
  if (!(yes || (await confirm("Write it?")))) throw notConfirmed();
  await replaceFile(isNew ? path : await realpath(path), text, isNew);
  if (json) printJson({ ...told, changed: true });
  else tell(`It is written. ${agent.title} reads it when it starts.`);
}

function agentOf(name: string): Agent {
  const agent = Object.hasOwn(agents, name) ? agents[name] : undefined;
  if (agent !== undefined) return agent;
  const near = nearest(name, agentNames);
  const fix = `${near ? `Did you mean ${near}? ` : ""}Any other is given the command: acc mcp`;
  const message = `There is no agent ${JSON.stringify(name)}; there are ${agentNames.join(", ")}.`;
  throw new UsageError(message, fix);
}

async function edit(agent: Agent, text: string, path: string, entry: object) {
  return agent.format === "toml" ? editToml(text, path, entry) : editJson(text, path, entry);
}

/**
 * The name `acc` if PATH finds this very program by it, else its path: agents start it without a
 * shell.
 */
async function entryOf(flags: readonly string[]): Promise<Entry> {
  const own = await realpath(process.argv[1] ?? "");
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const there = await realpath(join(folder, "acc")).catch(() => undefined);
    if (there === own) return { command: "acc", args: ["mcp", ...flags] };
  }
  return { command: process.execPath, args: [own, "mcp", ...flags] };
}

function shown({ format }: Agent, entry: object): string {
  if (format === "toml") return editToml("", "", entry).text.trimEnd();
  return JSON.stringify({ mcpServers: { acc: entry } }, undefined, 2);
}

function notConfirmed(): UsageError {
  return new UsageError(
    "Nothing was written: it was not confirmed.",
    "Answer in a terminal, or add --yes.",
    "NOT_CONFIRMED",
  );
}
