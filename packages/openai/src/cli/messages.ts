import { type CanonicalRequest, checkToolNames, type JsonObject } from "@acc/dual-mode/provider";
import { toEffort } from "../reasoning-model.ts";
import { toInput } from "../sdk/responses/input.ts";
import { toolNames } from "../tool-names.ts";

/** The ids of the requests of a run, by which their responses are known. */
export const ids = { initialize: 1, config: 2, requirements: 3, thread: 4, history: 5, turn: 6 };

/** What is said to an app server before it answers: it asks no model yet. */
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

/** The history goes in as it is, so that no `$skill` in it is taken for one; the turn brings nothing more. */
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

/** The API takes short forms that Codex does not, and messages of the system, which it leaves out. */
function toItem(item: ReturnType<typeof toInput>[number]): object {
  if ("role" in item && item.role === "system") {
    return { type: "message", ...item, role: "developer" };
  }
  if (!("content" in item) || typeof item.content !== "string") return { type: "message", ...item };
  return { type: "message", ...item, content: [{ type: "output_text", text: item.content }] };
}

/** To a server that asks for something: nobody is there to answer. */
export function refusal(id: unknown): string {
  return lines([{ id, error: { code: -32_601, message: "Nobody is here to answer." } }]);
}

function call(id: number, method: string, params: object | undefined): JsonObject {
  return { id, method, params };
}

function lines(messages: readonly JsonObject[]): string {
  return messages.map((message) => `${JSON.stringify(message)}\n`).join("");
}
