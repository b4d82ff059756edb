import type { Message, UserContent } from "@acc/dual-mode";
import type { CallWarning } from "../contract/answer.ts";
import type { ToolOutput, ToolOutputPiece, ToolResultPart } from "../contract/prompt.ts";
import { unsupported } from "../errors/refusals-of-ours.ts";
import { toMedia } from "./to-media.ts";
import { unsupportedWarning } from "./warnings.ts";

/** Converts the output of a tool to a message. */
export function toolResult(
  { toolCallId, output }: ToolResultPart,
  warnings: CallWarning[],
): Message {
  const content = contentOf(output, warnings);
  const isError = output.type.startsWith("error-") || output.type === "execution-denied";
  return { role: "tool", toolCallId, content, ...(isError && { isError }) };
}

function contentOf(output: ToolOutput, warnings: CallWarning[]): string | UserContent[] {
  switch (output.type) {
    case "text":
    case "error-text":
      return output.value;
    case "json":
    case "error-json":
      return JSON.stringify(output.value) ?? "null";
    case "execution-denied":
      return output.reason ?? "Tool execution denied.";
    case "content":
      return output.value.flatMap((piece) => toPiece(piece, warnings));
  }
}

function toPiece(piece: ToolOutputPiece, warnings: CallWarning[]): UserContent[] {
  switch (piece.type) {
    case "text":
      return [{ type: "text", text: piece.text }];
    case "custom":
      warnings.push(unsupportedWarning("custom tool output", "It was left out."));
      return [];
    case "file-id":
    case "image-file-id":
      throw unsupported(
        piece.type,
        "A file that was uploaded to a vendor cannot be asked about here: give its bytes.",
      );
    case "file-url":
      return [toMedia({ data: { type: "url", url: piece.url }, mediaType: piece.mediaType })];
    case "image-url":
      return [toMedia({ data: { type: "url", url: piece.url }, mediaType: "image" })];
    default:
      return [toMedia(piece)];
  }
}
