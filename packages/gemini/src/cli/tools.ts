import { type CanonicalRequest, type FittedNames, fitNames } from "@acc/dual-mode/provider";
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
  const { fitted } = namesOf(request);
  return {
    ...toFunctions(withFittedTools(request, fitted)),
    ...(!isText(request) && { contents: toContents(withNames(request, fitted), request.model) }),
  };
}

function withFittedTools(
  request: CanonicalRequest,
  fitted: FittedNames["fitted"],
): CanonicalRequest {
  const { tools, toolChoice: choice } = request;
  return {
    ...request,
    ...(tools && { tools: tools.map((tool) => ({ ...tool, name: fitted(tool.name) })) }),
    ...(typeof choice === "object" && { toolChoice: { tool: fitted(choice.tool) } }),
  };
}

/** Whether the conversation can be told by text alone. */
export function isText({ messages }: CanonicalRequest): boolean {
  return messages.every(
    ({ role, content }) =>
      role !== "tool" && content.every(({ type }) => type === "text" || type === "reasoning"),
  );
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
