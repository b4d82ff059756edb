import * as z from "zod/mini";
import type { Members } from "../body/guards.ts";
import { once } from "../body/once.ts";
import { flag, number, sharedMembers } from "../openai/body-parts.ts";
import { type Effort, effort } from "../openai/effort.ts";

/** A body of chat completions as far as its schema knows it. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly ChatBodyMessage[];
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean | null } | null;
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly top_k?: number | null;
  readonly seed?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly presence_penalty?: number | null;
  readonly frequency_penalty?: number | null;
  readonly max_tokens?: number | null;
  readonly max_completion_tokens?: number | null;
  readonly reasoning_effort?: Effort | null;
  readonly reasoning?: { readonly effort?: Effort | null } | null;
  readonly response_format?: Members | null;
  readonly tools?: readonly Members[] | null;
  readonly tool_choice?: string | Members | null;
  readonly parallel_tool_calls?: boolean | null;
  readonly functions?: readonly Members[] | null;
  readonly function_call?: string | Members | null;
}

export interface ChatBodyMessage extends Members {
  readonly role: string;
}

/** What would give more than one answer, or what no answer here can have. */
const one = once(() =>
  z.nullish(
    z.custom<number>((value) => value === 1, "must be 1: this server gives one answer a call"),
  ),
);
const off = once(() =>
  z.nullish(z.custom<false>((value) => value === false, "must be false: there are none here")),
);

export const chatForm: () => z.ZodMiniType = once(() => {
  const members = z.looseObject({});
  return z.looseObject({
    ...sharedMembers(),
    messages: z.array(z.looseObject({ role: z.string() })).check(z.minLength(1)),
    n: one(),
    logprobs: off(),
    stream_options: z.nullish(z.looseObject({ include_usage: flag() })),
    top_k: number(),
    seed: number(),
    stop: z.nullish(z.union([z.string(), z.array(z.string())])),
    presence_penalty: number(),
    frequency_penalty: number(),
    max_tokens: number(),
    max_completion_tokens: number(),
    reasoning_effort: effort(),
    reasoning: z.nullish(z.looseObject({ effort: effort() })),
    response_format: z.nullish(z.looseObject({ type: z.string() })),
    functions: z.nullish(z.array(members)),
    function_call: z.nullish(z.union([z.string(), members])),
  });
});
