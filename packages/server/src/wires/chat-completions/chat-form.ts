import * as z from "zod/mini";
import type { Members } from "../body/guards.ts";
import { once } from "../body/once.ts";
import { flag, number, sharedMembers } from "../openai/body-parts.ts";
import { effort, type SaidEffort } from "../openai/effort.ts";
import { input } from "../responses/responses-form.ts";

/** The members of a chat completions body that are read. */
export interface ChatBody {
  readonly model: string;
  readonly messages?: readonly ChatBodyMessage[] | null;
  /** Members of the responses API, which some programs send here instead of `messages`. */
  readonly input?: string | readonly Members[] | null;
  readonly instructions?: string | null;
  readonly max_output_tokens?: number | null;
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
  readonly reasoning_effort?: SaidEffort | null;
  readonly reasoning?: Members | null;
  readonly thinking?: Members | null;
  readonly response_format?: Members | null;
  readonly tools?: readonly Members[] | null;
  readonly tool_choice?: string | Members | null;
  readonly parallel_tool_calls?: boolean | null;
  readonly functions?: readonly Members[] | null;
  readonly function_call?: string | Members | null;
  readonly logit_bias?: Members | null;
  readonly web_search_options?: Members | null;
}

export interface ChatBodyMessage extends Members {
  readonly role: string;
}

/** Options that would give more than one answer, or something that no answer of this server has. */
const one = once(() =>
  z.nullish(
    z.custom<number>((value) => value === 1, "must be 1: this server gives one answer a call"),
  ),
);
const off = once(() =>
  z.nullish(z.custom<false>((value) => value === false, "must be false: there are none here")),
);

const text = once(() =>
  z.nullish(
    z.custom<readonly string[]>(
      (value) => Array.isArray(value) && value.every((each) => each === "text"),
      'must be ["text"]: this server gives no other',
    ),
  ),
);

const shared = once(() => {
  const members = z.looseObject({});
  return {
    ...sharedMembers(),
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
    thinking: z.nullish(z.looseObject({})),
    modalities: text(),
    response_format: z.nullish(z.looseObject({ type: z.string() })),
    functions: z.nullish(z.array(members)),
    function_call: z.nullish(z.union([z.string(), members])),
    logit_bias: z.nullish(members),
    web_search_options: z.nullish(members),
    instructions: z.nullish(z.string()),
    max_output_tokens: number(),
  };
});

export const chatForm: () => z.ZodMiniType = once(() => {
  const messages = z.array(z.looseObject({ role: z.string() })).check(z.minLength(1));
  return z.looseObject({ ...shared(), messages });
});

/** The schema of a body that has the `input` of responses instead of messages. */
export const inputForm: () => z.ZodMiniType = once(() =>
  z.looseObject({ ...shared(), input: input() }),
);
