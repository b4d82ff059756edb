import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { toPrompt } from "./prompt.ts";
import { isBefore } from "./version.ts";

/** Seen here, and not in 2.1.90. */
const firstWithSchemaOnStdin = "2.1.197";

/** What goes on stdin, and the arguments that say how it is to be read. */
export function toInput(
  request: CanonicalRequest,
  version: string | undefined,
): { readonly stdin: string; readonly args: readonly string[] } {
  const { schema } = request;
  const prompt = toPrompt(request);
  if (schema === undefined) return { stdin: prompt, args: [] };
  if (version === undefined || isBefore(version, firstWithSchemaOnStdin)) {
    return { stdin: prompt, args: ["--json-schema", JSON.stringify(schema)] };
  }
  const lines = [
    {
      type: "control_request",
      request_id: "1",
      request: { subtype: "initialize", jsonSchema: schema },
    },
    {
      type: "user",
      message: { role: "user", content: [{ type: "text", text: prompt }] },
      parent_tool_use_id: null,
      session_id: "",
    },
  ];
  return {
    stdin: lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
    args: ["--input-format", "stream-json"],
  };
}
