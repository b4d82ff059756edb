import {
  type CanonicalRequest,
  type FittedNames,
  fitNames,
  type Tool,
} from "@acc/dual-mode/provider";
import { toContents, toolNames } from "../sdk/contents.ts";
import { toFunctions } from "../sdk/functions.ts";

/** The names of the request's tools as the API takes them, and back. */
export function namesOf({ tools = [] }: CanonicalRequest): FittedNames {
  return fitNames(
    tools.map(({ name }) => name),
    toolNames,
  );
}

/**
 * Members that the CLI's own SDK lays over the body of its request. Tools are listed so, and not by
 * an MCP server, for to each tool of a server the CLI adds a parameter of its own. Calls, results,
 * images and files are told in the API's words, each in its role: no text can pass for one.
 */
export function toExtraBody(request: CanonicalRequest): Readonly<Record<string, unknown>> {
  const { tools, toolChoice, model } = request;
  const { fitted } = namesOf(request);
  const named = tools?.map((tool): Tool => ({ ...tool, name: fitted(tool.name) }));
  return {
    ...(named !== undefined && { tools: [{ functionDeclarations: toFunctions(named) }] }),
    ...(toolChoice !== undefined && { toolConfig: toToolConfig(toolChoice, fitted) }),
    ...(!isText(request) && { contents: toContents(withNames(request, fitted), model) }),
  };
}

/** Whether the conversation can be told by text alone. */
export function isText({ messages }: CanonicalRequest): boolean {
  return messages.every(
    ({ role, content }) =>
      role !== "tool" && content.every(({ type }) => type === "text" || type === "reasoning"),
  );
}

function toToolConfig(
  choice: NonNullable<CanonicalRequest["toolChoice"]>,
  fitted: FittedNames["fitted"],
): object {
  if (choice === "none") return { functionCallingConfig: { mode: "NONE" } };
  const one = choice !== "required" && { allowedFunctionNames: [fitted(choice.tool)] };
  return { functionCallingConfig: { mode: "ANY", ...one } };
}

/** The history's calls under the names that the tools are offered by. */
function withNames(
  { messages }: CanonicalRequest,
  fitted: FittedNames["fitted"],
): CanonicalRequest["messages"] {
  return messages.map((message) => {
    if (message.role !== "assistant") return message;
    const content = message.content.map((piece) =>
      piece.type === "tool-call" ? { ...piece, name: fitted(piece.name) } : piece,
    );
    return { ...message, content };
  });
}
