import { join } from "node:path";
import {
  type CanonicalRequest,
  isMembers,
  type JsonObject,
  type RunContext,
  type StandbyRules,
} from "@acc/dual-mode/provider";
import { codexHome } from "./codex-home.ts";
import { firstMessages, ids } from "./messages.ts";

/** Files of the machine's own configuration, which an app server reads at its start. */
const ofMachine = ["config.toml", "requirements.toml", "managed_config.toml"];

/**
 * Rules for an app server that waits for a request. Its thread already has the model, the system
 * prompt and the tools; the conversation follows with the call.
 */
export function standbyRules(
  request: CanonicalRequest,
  { credential, env }: Pick<RunContext<object>, "credential" | "env">,
): StandbyRules {
  const login = credential.kind === "login" ? [join(codexHome(env), "auth.json")] : [];
  return {
    first: firstMessages(request),
    idles,
    files: [...ofMachine.map((name) => join("/etc/codex", name)), ...login],
  };
}

/**
 * Whether the process can be killed at any time; with a login it may have to store a refreshed
 * token.
 */
export function isExpendable({
  credential,
  standby,
}: Pick<RunContext<object>, "credential" | "standby">): boolean {
  return standby !== undefined && credential.kind === "key";
}

const beforeTurn: ReadonlySet<unknown> = new Set([
  ids.initialize,
  ids.config,
  ids.requirements,
  ids.thread,
]);

/**
 * Recognizes messages about the server itself and its thread. Before a turn it sends nothing else.
 */
function idles(line: string): boolean {
  const { id, method, error } = parsed(line);
  if (typeof method === "string") return id === undefined && !/^(turn|item|raw|error)/.test(method);
  return error === undefined && beforeTurn.has(id);
}

function parsed(line: string): JsonObject {
  try {
    const message: unknown = JSON.parse(line);
    return isMembers(message) ? message : {};
  } catch {
    return {};
  }
}
