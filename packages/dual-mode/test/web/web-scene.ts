import type { RunPart } from "../../src/tools-loop/contract.ts";
import { hangs, type Script, scripted } from "../scripted-provider.ts";

export const key = "sk-canary-0123456789abcdef";
export const streamOf = (...scripts: Script[]) =>
  scripted({ sdk: { scripts } }, { retry: 0, apiKey: key }).client.stream("hi");

export async function* throwing(error: unknown, ...before: RunPart[]): AsyncGenerator<RunPart> {
  yield* before;
  throw error;
}

/** A stream that stands still after its first text, and whether it was left. */
export function standing() {
  const left = { is: false };
  const waits: Script = async function* (request, context) {
    context.signal.addEventListener("abort", () => {
      left.is = true;
    });
    yield* hangs([{ type: "start" }, { type: "text", text: "a" }])(request, context);
  };
  return { stream: streamOf(waits), left };
}
