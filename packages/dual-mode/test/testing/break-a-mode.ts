import type { Code } from "../../src/contract/code.ts";
import type { Part } from "../../src/contract/part.ts";
import type { ProviderMode } from "../../src/contract/provider.ts";
import { DualModeError } from "../../src/error.ts";
import type { Broken } from "./broken.ts";
import { minimalProvider, modes } from "./minimal-provider.ts";

export type Run = ProviderMode<object>["run"];

export const broken = (rule: string, fault: string, run: Run): Broken =>
  changed(rule, fault, { run });

export function changed(
  rule: string,
  fault: string,
  members: Partial<ProviderMode<object>>,
): Broken {
  const mode = rule.startsWith("cli: ") ? "cli" : "sdk";
  return { fault, rule, create: minimalProvider({ [mode]: { ...modes[mode], ...members } }) };
}

export const sdk = modes.sdk.run;

export const finish: Part = { type: "finish", reason: "stop" };

/** Changes each part, or leaves it out. */
export function each(run: Run, change: (part: Part) => Part | undefined): Run {
  return async function* (request, context) {
    for await (const part of run(request, context)) {
      const changed = change(part);
      if (changed !== undefined) yield changed;
    }
  };
}

/** Gives another code for one. */
export function recoded(code: Code, wrong: Code, run: Run = sdk): Run {
  return caught((error) => {
    throw error.code === code ? new DualModeError(wrong, error.message) : error;
  }, run);
}

/** Meets what the mode throws. */
export function caught(meet: (error: DualModeError) => readonly Part[], run: Run = sdk): Run {
  return async function* (request, context) {
    try {
      yield* run(request, context);
    } catch (error) {
      context.signal.throwIfAborted();
      yield* meet(error as DualModeError);
    }
  };
}
