import type { FinishReason, Usage } from "@acc/dual-mode";
import { present } from "../body/guards.ts";
import { counted } from "../openai/usage.ts";
import type { Made } from "../wire.ts";
import type { ResponsesBody } from "./responses-form.ts";
import type { ToolNames } from "./tool-names.ts";

/** What a response contains besides its answer. */
export interface ResponseMade extends Made {
  readonly body: ResponsesBody;
  readonly names: ToolNames;
}

/** The state of a response. */
export interface ResponseState {
  readonly status: "in_progress" | "completed" | "incomplete" | "failed";
  readonly model: string;
  readonly output: readonly object[];
  readonly usage?: Usage | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly reason?: string | undefined;
}

/** Makes the response object, which repeats the options of the request besides the answer. */
export function responseObject({ id, created, body }: ResponseMade, state: ResponseState): object {
  const { status, model, output, usage, error, reason } = state;
  return {
    id: `resp_${id}`,
    object: "response",
    created_at: created,
    status,
    background: false,
    error: error ?? null,
    incomplete_details: reason === undefined ? null : { reason },
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    metadata: body.metadata ?? {},
    model,
    output,
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: { effort: body.reasoning?.effort ?? null, summary: null },
    store: false,
    temperature: body.temperature ?? null,
    text: { format: { type: "text" }, ...present(body.text ?? {}) },
    tool_choice: body.tool_choice ?? "auto",
    tools: body.tools ?? [],
    top_p: body.top_p ?? null,
    truncation: "disabled",
    // Clients read the usage of an answer that has ended (router-for-me/CLIProxyAPI#1681).
    usage: status === "in_progress" ? null : responseUsage(usage ?? {}),
  };
}

/** Returns why an answer is incomplete; undefined if it is complete. */
export function incompleteReason(finish: FinishReason): string | undefined {
  if (finish === "length") return "max_output_tokens";
  return finish === "content-filter" ? "content_filter" : undefined;
}

function responseUsage(usage: Usage): object {
  const { prompt, cached, output, reasoning } = counted(usage);
  return {
    input_tokens: prompt,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: prompt + output,
  };
}
