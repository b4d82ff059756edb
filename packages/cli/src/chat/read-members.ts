import type { ChatRequest, Tool } from "@acc/dual-mode";
import { UsageError } from "../failure.ts";
import { readTextFile } from "../input/read-text.ts";
import type { RequestFlags } from "./parsed-flags.ts";

/** Reads the members of a request that are given as JSON, or that are meaningless without it. */
export async function readMembers({
  tools,
  toolChoice,
  vendor,
  hasTools,
}: {
  readonly tools: readonly string[];
  readonly toolChoice: RequestFlags["toolChoice"];
  readonly vendor: RequestFlags["vendor"];
  /** Whether there are tools other than those in these files. */
  readonly hasTools: boolean;
}): Promise<Pick<ChatRequest, "tools" | "toolChoice" | "vendor">> {
  const read = tools.length === 0 ? undefined : (await Promise.all(tools.map(readTools))).flat();
  if (toolChoice !== undefined && read === undefined && !hasTools) {
    throw new UsageError("--tool-choice needs tools.", "Name a file with tools: --tools FILE.");
  }
  return {
    ...(read !== undefined && { tools: read }),
    ...(toolChoice !== undefined && { toolChoice: choiceOf(toolChoice) }),
    ...(vendor !== undefined && { vendor: readVendor(vendor) }),
  };
}

/** Reads one tool or a list of tools; the core validates each. */
async function readTools(path: string): Promise<readonly Tool[]> {
  const { parseJson } = await import("../input/parse-json.ts");
  const { getNodeValue } = await import("jsonc-parser");
  const value: unknown = getNodeValue(parseJson(await readTextFile(path), path));
  return (Array.isArray(value) ? value : [value]) as readonly Tool[];
}

function choiceOf(text: string): NonNullable<ChatRequest["toolChoice"]> {
  if (text === "auto" || text === "none" || text === "required") return text;
  return { tool: text };
}

function readVendor(text: string): NonNullable<ChatRequest["vendor"]> {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(
      "The value of --vendor is not JSON.",
      `Give the members of each provider: --vendor '{"groq":{"user":"me"}}'`,
    );
  }
}
