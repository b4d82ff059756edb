import {
  type CanonicalRequest,
  type Part,
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

/** Claude through Claude Code. */
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
  const command = runCommand(context, (folder) => toPlan(request, context, folder));
  const reader = new ClaudeRunReader(request, context);
  yield* runParts(command, reader, context.logger);
}
