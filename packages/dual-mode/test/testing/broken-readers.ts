import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import type { RunContext } from "../../src/contract/mode-context.ts";
import type { Part } from "../../src/contract/part.ts";
import type { ProviderMode } from "../../src/contract/provider.ts";
import { DualModeError } from "../../src/error.ts";
import { postJson } from "../../src/http/post-json.ts";
import { readServerSentEvents } from "../../src/http/server-sent-events.ts";
import { toChatBody } from "../../src/kit/chat-body.ts";
import type { Broken } from "./broken.ts";
import { minimalProvider, modes } from "./minimal-provider.ts";

interface Chunk {
  readonly model: string;
  readonly choices: readonly {
    readonly delta: { readonly content?: string };
    readonly finish_reason?: "stop";
  }[];
  readonly usage?: { readonly prompt_tokens: number };
}

/** Reads chat completions as one does who trusts a server's types; `parse` reads an event. */
function trusting(parse: (data: string) => Chunk | undefined): ProviderMode<object>["run"] {
  return async function* (request: CanonicalRequest, context: RunContext<object>) {
    const { baseUrl, signal } = context;
    const body = toChatBody(request);
    const response = await postJson(`${baseUrl}/chat/completions`, body, { signal });
    let started = false;
    let last: Part | undefined;
    for await (const { data } of readServerSentEvents(response.body, context)) {
      const chunk = data === "[DONE]" ? undefined : parse(data);
      if (chunk === undefined) continue;
      if (!started) yield { type: "start", model: chunk.model };
      started = true;
      const [choice] = chunk.choices;
      if (choice?.delta.content) yield { type: "text", text: choice.delta.content };
      if (chunk.usage) yield { type: "usage", usage: { inputTokens: chunk.usage.prompt_tokens } };
      if (choice?.finish_reason) last = { type: "finish", reason: choice.finish_reason };
    }
    if (last === undefined) throw new DualModeError("NETWORK", "The answer was cut.");
    yield last;
  };
}

function orNothing(data: string): Chunk | undefined {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

const broken = (rule: string, fault: string, run: ProviderMode<object>["run"]): Broken => ({
  rule,
  fault,
  create: minimalProvider({ sdk: { ...modes.sdk, run } }),
});

/** Providers that do not look at what a server sends. */
export const brokenReaders: readonly Broken[] = [
  broken(
    "sdk: an event that cannot be read is INVALID_OUTPUT",
    "passes over what it cannot read",
    trusting(orNothing),
  ),
  broken(
    "sdk: a piece of the text that is no text is INVALID_OUTPUT",
    "passes on what it did not check",
    trusting(JSON.parse),
  ),
  broken(
    "sdk: a name or a count of another type is left out, or INVALID_OUTPUT",
    "passes on what it did not check",
    trusting(JSON.parse),
  ),
  broken(
    "sdk: what only shows that more will come is no part of the answer, and keeps it alive",
    "gives no sign of life but parts",
    (request, context) => modes.sdk.run(request, { ...context, alive: () => {} }),
  ),
];
