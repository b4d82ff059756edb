import {
  type CanonicalRequest,
  type FittedNames,
  fitNames,
  fittedRequest,
} from "@acc/dual-mode/provider";
import { toContents, toolNames } from "../sdk/contents.ts";
import { toFunctions } from "../sdk/functions.ts";

/** Maps the names of the request's tools to names that the API accepts, and back. */
export function namesOf({ tools = [] }: CanonicalRequest): FittedNames {
  return fitNames(
    tools.map(({ name }) => name),
    toolNames,
  );
}

/**
 * Makes members that the CLI's own SDK merges into the body of its request. They list the tools,
 * because the CLI adds a parameter of its own to each tool of an MCP server. They also contain
 * calls, results, images and files in the API's form and role, so that no text can pass for one.
 */
export function toExtraBody(request: CanonicalRequest): Readonly<Record<string, unknown>> {
  const asked = fittedRequest(request, namesOf(request).fitted);
  return {
    ...toFunctions(asked),
    ...(!isText(asked) && { contents: toContents(asked.messages, asked.model) }),
  };
}

/** Whether the conversation contains only text. */
export function isText({ messages }: CanonicalRequest): boolean {
  return messages.every(
    ({ role, content }) =>
      role !== "tool" && content.every(({ type }) => type === "text" || type === "reasoning"),
  );
}
