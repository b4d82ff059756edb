import type { CanonicalRequest, CommandPlan, RunContext } from "@acc/dual-mode/provider";

/** How `acc-groq` is run; any command that speaks docs/cli-protocol.md can be run so. */
export function toPlan(request: CanonicalRequest, { baseUrl }: RunContext<object>): CommandPlan {
  const { sample: _, ...asked } = request;
  return {
    args: ["--input", "json", "--output", "stream-json"],
    stdin: JSON.stringify(asked),
    env: baseUrl === undefined ? {} : { GROQ_BASE_URL: baseUrl },
    keyVariable: "GROQ_API_KEY",
  };
}
