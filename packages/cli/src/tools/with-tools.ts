import type { ChatRequest, Client } from "@acc/dual-mode";
import type { ChatOptions } from "../chat/parsed-flags.ts";
import { UsageError } from "../failure.ts";
import { toolWords } from "./tool-words.ts";

/** The signal that ends the tools, and a callback before they ask. */
export interface ToolsScene {
  readonly signal: AbortSignal;
  /** Called before a person is asked something. */
  readonly beforeAsking: () => void;
}

/** The tools that acc calls; there may be none. */
export interface Tools {
  /** The declarations of the tools for a request. */
  readonly declared: Pick<ChatRequest, "tools">;
  /** Wraps a client so that its calls use these tools. */
  around(client: Client): Client;
}

const none: Tools = { declared: {}, around: (client) => client };

/** Runs with the tools that `--tools` lets acc call; without any, nothing is loaded. */
export async function withTools<T>(
  options: Pick<ChatOptions, "tools" | "yes" | "maxSteps" | "unlock">,
  { signal, beforeAsking }: ToolsScene,
  run: (tools: Tools) => Promise<T>,
): Promise<T> {
  const { called } = toolWords(options.tools);
  if (called.length === 0) {
    if (options.yes === undefined) return run(none);
    throw new UsageError("--yes needs tools.", "Name a module or mcp:NAME with --tools.");
  }
  const { openTools } = await import("./open-tools.ts");
  const tools = await openTools(called, options, signal, beforeAsking);
  try {
    return await run({
      declared: { tools: tools.declared },
      around: (client) => tools.around(client),
    });
  } finally {
    await tools.close();
  }
}
