// The engine is there before a test counts time: a client loads it at its first call.
import "../src/first-call.ts";
import { defineProvider } from "../src/client/define-provider.ts";
import type { CanonicalRequest } from "../src/contract/canonical.ts";
import type { Client, ClientOptions } from "../src/contract/client.ts";
import type { ClientEvent } from "../src/contract/client-event.ts";
import type { Feature } from "../src/contract/mode.ts";
import type { RunContext } from "../src/contract/mode-context.ts";
import type { Part } from "../src/contract/part.ts";
import type { Availability, Lack, Provider } from "../src/contract/provider.ts";

/** What one attempt of a scripted mode does: parts to give, and perhaps an error to end with. */
export type Script = (
  request: CanonicalRequest,
  context: RunContext<object>,
) => AsyncIterable<Part>;

export interface ScriptedMode {
  readonly scripts: Script[];
  readonly supports?: readonly Feature[];
  readonly lacks?: readonly Lack[] | undefined;
  readonly availability?: Availability;
}

const everything: readonly Feature[] = ["system", "multiTurn", "temperature", "schema", "tools"];
let count = 0;

/** A client whose modes do what a test says, each attempt the next script, the last one for ever. */
export function scripted(
  modes: { readonly cli?: ScriptedMode; readonly sdk?: ScriptedMode },
  options: ClientOptions = {},
): { client: Client; name: string; ran: string[]; events: ClientEvent[] } {
  const ran: string[] = [];
  const events: ClientEvent[] = [];
  count += 1;
  const mode = (name: "cli" | "sdk", credentials: ("login" | "key")[], script: ScriptedMode) => ({
    credentials,
    supports: script.supports ?? everything,
    lacks: script.lacks ?? [],
    probe: async () => script.availability ?? ({ available: true } as const),
    run: (request: CanonicalRequest, context: RunContext<object>) => {
      ran.push(`${name} ${context.credential.source}`);
      const next = script.scripts.length > 1 ? script.scripts.shift() : script.scripts[0];
      return (next as Script)(request, context);
    },
  });
  const name = `scripted_${count}_api_key`;
  const provider: Provider = {
    id: `scripted-${count}`,
    defaultModel: "model-1",
    credential: { name, env: [`SCRIPTED_${count}_API_KEY`] },
    ...(modes.cli && { cli: mode("cli", ["login", "key"], modes.cli) }),
    ...(modes.sdk && { sdk: mode("sdk", ["key"], modes.sdk) }),
  };
  const create = defineProvider(provider);
  const client = create({
    secrets: false,
    cache: false,
    apiKey: "key-number-one",
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { client, name, ran, events };
}

export const says = (text: string): Script =>
  async function* () {
    yield { type: "start", model: "model-1" };
    for (const piece of text.match(/.{1,3}/gsu) ?? []) yield { type: "text", text: piece };
    yield { type: "usage", usage: { inputTokens: 1, outputTokens: 2 } };
    yield { type: "finish", reason: "stop" };
  };

export const fails = (error: unknown, after: readonly Part[] = []): Script =>
  async function* () {
    yield* after;
    throw error;
  };

export const gives = (...parts: readonly Part[]): Script =>
  async function* () {
    yield* parts;
  };

/** Starts, then stands still until it is told to stop. */
export const hangs = (after: readonly Part[] = []): Script =>
  async function* (_, { signal }) {
    yield* after;
    await new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  };
