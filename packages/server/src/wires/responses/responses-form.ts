import * as z from "zod/mini";
import type { Members } from "../body/guards.ts";
import { once } from "../body/once.ts";
import { flag, number, sharedMembers } from "../openai/body-parts.ts";
import { effort, type SaidEffort } from "../openai/effort.ts";

/** The members of a responses body that are read. */
export interface ResponsesBody {
  readonly model: string;
  readonly input: string | readonly Members[];
  readonly instructions?: string | null;
  readonly stream?: boolean | null;
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly max_output_tokens?: number | null;
  readonly reasoning?: { readonly effort?: SaidEffort | null; readonly summary?: unknown } | null;
  readonly text?: { readonly format?: Members | null } | null;
  readonly tools?: readonly Members[] | null;
  readonly tool_choice?: string | Members | null;
  readonly parallel_tool_calls?: boolean | null;
  readonly metadata?: Members | null;
}

/** No conversation is stored here, so the whole input has to be sent. */
const stateless = once(() =>
  z.nullish(
    z.custom<null>(
      (value) => value === null || value === "",
      "must be absent: this server keeps no conversation. Send the whole input",
    ),
  ),
);
const promptless = once(() =>
  z.nullish(
    z.custom<null>((value) => value === null, "must be absent: this server keeps no prompts"),
  ),
);
const foreground = once(() =>
  z.nullish(
    z.custom<false>((value) => value === false, "must be false: this server answers at once"),
  ),
);

export const input: () => z.ZodMiniType = once(() =>
  z.union([z.string(), z.array(z.looseObject({}))]),
);

const members = once(() => ({
  ...sharedMembers(),
  instructions: z.nullish(z.string()),
  max_output_tokens: number(),
  reasoning: z.nullish(z.looseObject({ effort: effort() })),
  text: z.nullish(z.looseObject({ format: z.nullish(z.looseObject({ type: z.string() })) })),
  metadata: z.nullish(z.looseObject({})),
  previous_response_id: stateless(),
  conversation: stateless(),
  prompt: promptless(),
  background: foreground(),
  stream: flag(),
}));

export const responsesForm: () => z.ZodMiniType = once(() =>
  z.looseObject({ ...members(), input: input() }),
);

/** The schema of a request to count tokens, which need not have a model or an input. */
export const countForm: () => z.ZodMiniType = once(() =>
  z.looseObject({ ...members(), model: z.nullish(z.string()), input: z.nullish(input()) }),
);
