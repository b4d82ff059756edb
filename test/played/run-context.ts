import type { Part, RunContext } from "@acc/dual-mode/provider";
import { createSecret } from "@acc/secrets";

/** What a mode is given in a test: a dummy key, an address on loopback, an empty environment. */
export function runContext(
  baseUrl: string,
  more: Partial<RunContext<object>> = {},
): RunContext<object> {
  return {
    options: {},
    credential: { kind: "key", source: "option", secret: createSecret("test_key", dummyKey) },
    baseUrl,
    command: undefined,
    version: undefined,
    env: { PATH: process.env.PATH },
    cliEnv: {},
    signal: new AbortController().signal,
    deadline: Date.now() + 60_000,
    logger: { debug: () => {} },
    alive: () => {},
    ...more,
  };
}

export const dummyKey = "dummy-key-0123456789";

/** What a mode gave, and what it threw in the end. */
export async function outcomeOf(
  parts: AsyncIterable<Part>,
): Promise<{ parts: Part[]; error: unknown }> {
  const seen: Part[] = [];
  try {
    for await (const part of parts) seen.push(part);
  } catch (error) {
    return { parts: seen, error };
  }
  return { parts: seen, error: undefined };
}

export function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.type === "text" ? part.text : "")).join("");
}
