import * as z from "zod/mini";
import { once } from "../body/once.ts";

export const number: () => z.ZodMiniType = once(() => z.nullish(z.number()));
export const flag: () => z.ZodMiniType = once(() => z.nullish(z.boolean()));

/** Members that OpenAI's wires share. Null counts as absent; unknown members are allowed. */
export const sharedMembers: () => Readonly<Record<string, z.ZodMiniType>> = once(() => ({
  model: z.string().check(z.minLength(1)),
  stream: flag(),
  temperature: number(),
  top_p: number(),
  top_logprobs: z.nullish(z.number()),
  parallel_tool_calls: flag(),
  tools: z.nullish(z.array(z.looseObject({ type: z.optional(z.string()) }))),
  tool_choice: z.nullish(z.union([z.string(), z.looseObject({ type: z.string() })])),
}));
