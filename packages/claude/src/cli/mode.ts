import {
  type CanonicalRequest,
  type Part,
  type ProviderMode,
  type RunContext,
  runCommand,
  runParts,
} from "@acc/dual-mode/provider";
import type { ClaudeOptions } from "../options.ts";
import { ClaudeRunReader } from "./parts.ts";
import { toPlan } from "./plan.ts";
import { probe } from "./probe.ts";
import { features } from "./version.ts";

/** Claude through Claude Code. */
export const cli: ProviderMode<ClaudeOptions> = {
  credentials: ["login", "key"],
  supports: features,
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
