import type { ProviderStatus } from "@acc/dual-mode";
import type { CallRecord } from "../../src/contract/call-record.ts";
import { aCall } from "./page-server.ts";

/** A day of a small team, the same each time: at night little, and now and then a limit. */
export function sampleDay(now: number): readonly CallRecord[] {
  return Array.from({ length: 900 }, (_, index): CallRecord => {
    const at = now - (899 - index) ** 1.35 * 8_000;
    const rest = index % 17;
    const caller = ["owner", "ci", "editor"][index % 3] ?? "";
    const common = { id: `call-${index}`, at, caller, ms: 180 + (index % 23) * 70 };
    if (rest === 3 || (index > 500 && index < 540 && rest % 4 === 1)) {
      return aCall({ ...common, status: 429, code: "RATE_LIMITED", attempts: 3, costUsd: 0 });
    }
    if (rest === 11) return aCall({ ...common, status: 504, code: "TIMEOUT", costUsd: 0 });
    if (rest % 3 === 0) {
      const { costUsd: _, ...free } = aCall({ ...common, cached: true, attempts: 0, ms: 2 });
      return { ...free, usage: { inputTokens: 900, outputTokens: 220, cost: 0.004 } };
    }
    if (rest === 7) {
      const model = { asked: "best", provider: "claude", model: "claude-sonnet-5-5" };
      return aCall({
        ...common,
        ...model,
        mode: "cli",
        fallback: true,
        attempts: 2,
        costUsd: 0.0124,
      });
    }
    return aCall({ ...common, firstMs: 120, asked: "groq/openai/gpt-oss-120b" });
  });
}

/** A machine with one provider by both modes, one by its CLI, and one without anything. */
export const sampleMachine: readonly ProviderStatus[] = [
  {
    provider: "claude",
    model: "claude-sonnet-5-5",
    cli: { available: true, command: "/usr/local/bin/claude", version: "2.1.330", login: true },
    sdk: { available: true, version: "1.12.0" },
    keys: [{ source: "store" }],
    standby: { count: 1, waiting: 1 },
  },
  {
    provider: "gemini",
    model: "gemini-3-pro",
    cli: { available: true, command: "/usr/local/bin/gemini", version: "0.61.0", login: true },
    keys: [],
  },
  {
    provider: "groq",
    model: "openai/gpt-oss-120b",
    sdk: {
      available: false,
      code: "SDK_NOT_INSTALLED",
      reason: "groq-sdk is not installed.",
      fix: "npm install groq-sdk",
    },
    keys: [{ source: "env:GROQ_API_KEY" }],
  },
];
