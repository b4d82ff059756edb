import {
  type CanonicalRequest,
  type Part,
  type ProviderMode,
  type RunContext,
  readJsonLines,
  runCommand,
} from "@acc/dual-mode/provider";
import type { GeminiOptions } from "../options.ts";
import { RunReader } from "./parts.ts";
import { toPlan } from "./plan.ts";
import { probe } from "./probe.ts";

/** Gemini through Gemini CLI. */
export const cli: ProviderMode<GeminiOptions> = {
  credentials: ["key"],
  supports: [
    "system",
    "multiTurn",
    "temperature",
    "topP",
    "stop",
    "maxOutputTokens",
    "seed",
    "reasoning",
    "schema",
  ],
  probe,
  run,
};

async function* run(
  request: CanonicalRequest,
  context: RunContext<GeminiOptions>,
): AsyncGenerator<Part> {
  const command = runCommand(context, (folder) => toPlan(request, context, folder));
  const reader = new RunReader(request);
  for await (const event of readJsonLines(command.lines, context.logger)) yield* reader.read(event);
  yield* reader.end(await command.exit);
}
