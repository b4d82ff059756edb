import type {
  CanonicalRequest,
  Client,
  ClientOptions,
  Feature,
  Part,
} from "@acc/dual-mode/provider";
import { defineProvider } from "@acc/dual-mode/provider";

/** What one call gives: parts, and perhaps an error to end with. */
export type Play = (request: CanonicalRequest, signal: AbortSignal) => AsyncIterable<Part>;

/** A client that plays, and what it was asked. */
export interface PlayedClient {
  readonly client: Client;
  readonly asked: CanonicalRequest[];
}

const everything: readonly Feature[] = [
  "system",
  "multiTurn",
  "temperature",
  "topP",
  "stop",
  "maxOutputTokens",
  "reasoning",
  "schema",
  "tools",
  "images",
  "files",
  "imageUrls",
  "toolChoice",
  "parallelTools",
  "systemTurns",
  "json",
];

let count = 0;

/** A client whose one mode plays what a test says. */
export function playedClient(
  play: Play,
  options: ClientOptions & { readonly supports?: readonly Feature[] } = {},
): PlayedClient {
  const { supports = everything, ...rest } = options;
  const asked: CanonicalRequest[] = [];
  count += 1;
  const create = defineProvider({
    id: `played-${count}`,
    defaultModel: "model-1",
    models: ["model-1", "model-2"],
    sdk: {
      credentials: ["none"],
      supports,
      probe: async () => ({ available: true }),
      run: (request, { signal }) => {
        asked.push(request);
        return play(request, signal);
      },
    },
  });
  const client = create({ secrets: false, cache: false, retry: 0, ...rest });
  return { client, asked };
}

/** Plays these parts between a start and an end. */
export function gives(...parts: readonly Part[]): Play {
  return async function* ({ model }) {
    yield { type: "start", model };
    yield* parts;
    const called = parts.some(({ type }) => type === "tool-call");
    yield {
      type: "usage",
      usage: { inputTokens: 7, outputTokens: 3, cacheReadTokens: 5, reasoningTokens: 1 },
    };
    if (!parts.some(({ type }) => type === "finish")) {
      yield { type: "finish", reason: called ? "tool-calls" : "stop" };
    }
  };
}

export function says(...pieces: readonly string[]): Play {
  return gives(...pieces.map((text) => ({ type: "text", text }) as const));
}

/** Gives these parts, and fails. */
export function fails(error: unknown, ...parts: readonly Part[]): Play {
  return async function* ({ model }) {
    if (parts.length > 0) yield { type: "start", model };
    yield* parts;
    throw error;
  };
}

/** Gives these parts, and waits for the end of the call. */
export function hangs(...parts: readonly Part[]): Play {
  return async function* ({ model }, signal) {
    yield { type: "start", model };
    yield* parts;
    await new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  };
}
