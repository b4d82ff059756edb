import {
  type CanonicalRequest,
  type FittedNames,
  fitNames,
  fittedRequest,
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
  const asked = fittedRequest(request, namesOf(request).fitted);
  return {
    ...toFunctions(asked),
    ...(!isText(asked) && { contents: toContents(asked.messages, asked.model) }),
  };
}

/** Whether the conversation can be told by text alone. */
export function isText({ messages }: CanonicalRequest): boolean {
  return messages.every(
    ({ role, content }) =>
      role !== "tool" && content.every(({ type }) => type === "text" || type === "reasoning"),
  );
}
