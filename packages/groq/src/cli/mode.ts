import {
  type CanonicalRequest,
  type Part,
  type ProviderMode,
  type RunContext,
  readJsonLines,
  runCommand,
} from "@acc/dual-mode/provider";
import type { GroqOptions } from "../options.ts";
import { supports } from "../supports.ts";
import { RunReader } from "./parts.ts";
import { toPlan } from "./plan.ts";
import { probe } from "./probe.ts";

/** Groq through `acc-groq`, a process of its own. */
export const cli: ProviderMode<GroqOptions> = { credentials: ["key"], supports, probe, run };

async function* run(
  request: CanonicalRequest,
  context: RunContext<GroqOptions>,
): AsyncGenerator<Part> {
  const command = runCommand(context, () => toPlan(request, context));
  const reader = new RunReader();
  for await (const event of readJsonLines(command.lines, context.logger)) yield* reader.read(event);
  yield* reader.end(await command.exit);
}
