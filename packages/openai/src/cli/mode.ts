import {
  type CanonicalRequest,
  type Part,
  type ProviderMode,
  type RunContext,
  runCommand,
  runParts,
} from "@acc/dual-mode/provider";
import { cliFeatures } from "../features.ts";
import type { OpenAIOptions } from "../options.ts";
import { toPlan } from "./plan.ts";
import { probe } from "./probe.ts";
import { TurnReader } from "./turn-reader.ts";

/**
 * OpenAI through Codex, as an app server that lives for one turn: it takes the history with its true
 * roles, images, thoughts and the caller's tools, and no sampling parameter or bound of tokens.
 *
 * Whether OpenAI takes own instructions by a plan was never tried: a login is used on request alone.
 */
export const cli: ProviderMode<OpenAIOptions> = {
  credentials: ["login", "key"],
  loginOnRequest: true,
  ...cliFeatures,
  probe,
  run,
};

async function* run(
  request: CanonicalRequest,
  context: RunContext<OpenAIOptions>,
): AsyncGenerator<Part> {
  const command = runCommand(context, (folder) => toPlan(request, context, folder));
  const reader = new TurnReader(request, context, command.write);
  yield* runParts(command, reader, context.logger);
}
