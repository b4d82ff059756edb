import { join } from "node:path";
import {
  type CanonicalRequest,
  homeFolder,
  type Part,
  type PrivateFolder,
  type ProviderMode,
  type RunContext,
  runCommand,
  runParts,
} from "@acc/dual-mode/provider";
import { cliFeatures } from "../features.ts";
import type { ClaudeOptions } from "../options.ts";
import { ClaudeRunReader } from "./parts.ts";
import { toPlan } from "./plan.ts";
import { probe } from "./probe.ts";

/** Claude through the Claude Code CLI. */
export const cli: ProviderMode<ClaudeOptions> = {
  ...cliFeatures,
  credentials: ["login", "key"],
  probe,
  run,
};

async function* run(
  request: CanonicalRequest,
  context: RunContext<ClaudeOptions>,
): AsyncGenerator<Part> {
  const plan = (folder: PrivateFolder) => toPlan(request, context, folder);
  const standby = { idles, files: loginFiles(context) };
  const command = runCommand(context, plan, { standby });
  const reader = new ClaudeRunReader(request, context);
  yield* runParts(command, reader, context.logger);
}

/**
 * Recognizes events of a waiting process: newer versions report their screen, which nobody sees
 * (seen in 2.1.330).
 */
function idles(line: string): boolean {
  const event = /^\{"type":"system","subtype":"(\w+)"/.exec(line);
  return event !== null && event[1] !== "init" && event[1] !== "status";
}

/** Returns the files that store a login, if it is stored in a file. */
function loginFiles({ credential, env }: RunContext<ClaudeOptions>): readonly string[] {
  if (credential.kind !== "login") return [];
  return [join(env.CLAUDE_CONFIG_DIR || join(homeFolder(env), ".claude"), ".credentials.json")];
}
