import type { CanonicalRequest, UserContent } from "@acc/dual-mode/provider";
import { toBlock } from "../sdk/messages.ts";
import { toPrompt } from "./prompt.ts";
import type { ToolNames } from "./tool-names.ts";
import { isBefore } from "./version.ts";

/** Seen with this version, but not with 2.1.90. */
const firstWithSchemaOnStdin = "2.1.197";

interface Input {
  readonly stdin: string;
  readonly args: readonly string[];
}

/**
 * Makes the text for stdin, and the arguments that tell how to read it.
 *
 * @param canWait Whether the process may start long before: for plain text it waits only three seconds.
 */
export function toInput(
  request: CanonicalRequest,
  tools: ToolNames,
  version: string | undefined,
  canWait: boolean,
): Input {
  const { schema } = request;
  const prompt = toPrompt(request, tools);
  const plain = (canWait ? undefined : toText(prompt)) ?? toMessage(prompt);
  if (schema === undefined) return plain;
  if (version === undefined || isBefore(version, firstWithSchemaOnStdin)) {
    const { stdin, args } = plain;
    return { stdin, args: [...args, "--json-schema", JSON.stringify(schema)] };
  }
  const initialize = { subtype: "initialize", jsonSchema: schema };
  const control = { type: "control_request", request_id: "1", request: initialize };
  const { stdin, args } = toMessage(prompt);
  return { stdin: `${JSON.stringify(control)}\n${stdin}`, args };
}

/** Returns undefined if the prompt is more than a single text. */
function toText([first, ...rest]: readonly UserContent[]): Input | undefined {
  return first?.type === "text" && rest.length === 0 ? { stdin: first.text, args: [] } : undefined;
}

/** Makes one user message, with its content in the API's blocks. */
function toMessage(prompt: readonly UserContent[]): Input {
  const message = {
    type: "user",
    message: { role: "user", content: prompt.map(toBlock) },
    parent_tool_use_id: null,
    session_id: "",
  };
  return { stdin: `${JSON.stringify(message)}\n`, args: ["--input-format", "stream-json"] };
}
