import { type CanonicalRequest, checkToolNames, type JsonObject } from "@acc/dual-mode/provider";
import { toEffort } from "../reasoning-model.ts";
import { toInput } from "../sdk/responses/input.ts";
import { toolNames } from "../tool-names.ts";

/** The ids of a run's requests, by which their responses are recognized. */
export const ids = { initialize: 1, config: 2, requirements: 3, thread: 4, history: 5, turn: 6 };

/** Writes what an app server receives before it answers; this does not call a model yet. */
export function firstMessages(request: CanonicalRequest): string {
  const { model, system = "", tools = [] } = request;
  checkToolNames(tools, toolNames, "OpenAI");
  const dynamicTools = tools.map(({ name, description = "", inputSchema }) => ({
    type: "function",
    name,
    description,
    inputSchema: { type: "object", properties: {}, ...inputSchema },
  }));
  return lines([
    call(ids.initialize, "initialize", {
      clientInfo: { name: "acc", title: null, version: "0" },
      capabilities: { experimentalApi: true, requestAttestation: false },
    }),
    { method: "initialized" },
    call(ids.config, "config/read", { includeLayers: false }),
    call(ids.requirements, "configRequirements/read", undefined),
    call(ids.thread, "thread/start", {
      model,
      baseInstructions: system,
      ephemeral: true,
      experimentalRawEvents: true,
      sandbox: "read-only",
      approvalPolicy: "never",
      ...(dynamicTools.length > 0 && { dynamicTools }),
    }),
  ]);
}

/**
 * Writes the history and starts the turn. The history is injected as items, so that a `$skill` in
 * its text has no effect, and the turn itself has no input.
 */
export function turnMessages(request: CanonicalRequest, threadId: string): string {
  const { messages, model, reasoning, schema } = request;
  const effort = reasoning && toEffort(model, reasoning);
  const summary = effort === undefined || effort === "none" ? "none" : "auto";
  const items = toInput(messages, model).map(toItem);
  return lines([
    call(ids.history, "thread/inject_items", { threadId, items }),
    call(ids.turn, "turn/start", {
      threadId,
      input: [],
      summary,
      ...(effort && { effort }),
      ...(schema && { outputSchema: schema }),
    }),
  ]);
}

/**
 * Converts an item: Codex accepts neither the API's short forms nor system messages, which it
 * leaves out.
 */
function toItem(item: ReturnType<typeof toInput>[number]): object {
  if ("role" in item && item.role === "system") {
    return { type: "message", ...item, role: "developer" };
  }
  if (!("content" in item) || typeof item.content !== "string") return { type: "message", ...item };
  return { type: "message", ...item, content: [{ type: "output_text", text: item.content }] };
}

/** Refuses a request that the server makes of its user, because there is none. */
export function refusal(id: unknown): string {
  return lines([{ id, error: { code: -32_601, message: "Nobody is here to answer." } }]);
}

function call(id: number, method: string, params: object | undefined): JsonObject {
  return { id, method, params };
}

function lines(messages: readonly JsonObject[]): string {
  return messages.map((message) => `${JSON.stringify(message)}\n`).join("");
}
