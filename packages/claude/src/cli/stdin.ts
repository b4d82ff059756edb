import type { CanonicalRequest, UserContent } from "@acc/dual-mode/provider";
import { toBlock } from "../sdk/messages.ts";
import { toPrompt } from "./prompt.ts";
import type { ToolNames } from "./tool-names.ts";
import { isBefore } from "./version.ts";

/** Seen here, and not in 2.1.90. */
const firstWithSchemaOnStdin = "2.1.197";

interface Input {
  readonly stdin: string;
  readonly args: readonly string[];
}

/**
 * What goes on stdin, and the arguments that say how it is to be read.
 *
 * @param canWait The process may be there long before: for a text alone it would wait three seconds.
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

/** Undefined where the prompt is more than one text. */
function toText([first, ...rest]: readonly UserContent[]): Input | undefined {
  return first?.type === "text" && rest.length === 0 ? { stdin: first.text, args: [] } : undefined;
}

/** One message of the user's, its content in blocks as the API has them. */
function toMessage(prompt: readonly UserContent[]): Input {
  const message = {
    type: "user",
    message: { role: "user", content: prompt.map(toBlock) },
    parent_tool_use_id: null,
    session_id: "",
  };
  return { stdin: `${JSON.stringify(message)}\n`, args: ["--input-format", "stream-json"] };
}
