import * as z from "zod/mini";
import type { Members } from "../body/guards.ts";
import { once } from "../body/once.ts";

/** The members of an Anthropic messages body that are read. */
export interface MessagesBody {
  readonly model: string;
  readonly max_tokens: number;
  readonly messages: readonly MessagesTurn[];
  readonly system?: string | readonly Members[] | null;
  readonly stream?: boolean | null;
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly top_k?: number | null;
  readonly stop_sequences?: readonly string[] | null;
  readonly tools?: readonly Members[] | null;
  readonly tool_choice?: Members | null;
  readonly thinking?: Members | null;
  readonly output_config?: Members | null;
  readonly output_format?: Members | null;
}

export interface MessagesTurn extends Members {
  readonly role: string;
}

const shared = once(() => {
  const members = z.nullish(z.looseObject({}));
  const number = z.nullish(z.number());
  return {
    model: z.string().check(z.minLength(1)),
    messages: z.array(z.looseObject({ role: z.string() })).check(z.minLength(1)),
    system: z.nullish(z.union([z.string(), z.array(z.looseObject({ type: z.string() }))])),
    stream: z.nullish(z.boolean()),
    temperature: number,
    top_p: number,
    top_k: number,
    stop_sequences: z.nullish(z.array(z.string())),
    tools: z.nullish(z.array(z.looseObject({ name: z.optional(z.string()) }))),
    tool_choice: z.nullish(z.looseObject({ type: z.string() })),
    thinking: z.nullish(z.looseObject({ type: z.string() })),
    output_config: members,
    output_format: members,
    mcp_servers: z.nullish(
      z
        .array(z.unknown())
        .check(z.maxLength(0, "must be empty: this server cannot use MCP servers")),
    ),
  };
});

export const messagesForm: () => z.ZodMiniType = once(() =>
  z.looseObject({ ...shared(), max_tokens: z.number().check(z.gte(1)) }),
);

/** The schema of a request to count tokens, which need not have `max_tokens`. */
export const countForm: () => z.ZodMiniType = once(() => z.looseObject(shared()));
