import {
  type CanonicalRequest,
  checkMedia,
  DualModeError,
  toPromptPieces,
  type UserContent,
} from "@acc/dual-mode/provider";
import { media } from "../sdk/media.ts";
import type { ToolNames } from "./tool-names.ts";

/** The most text that the CLI accepts on stdin. */
const mostBytes = 10_000_000;

/**
 * Writes the messages as a single prompt, because the CLI accepts no history whose order it keeps.
 * The newline prevents a leading "/" from being read as a command.
 */
export function toPrompt(
  { messages }: CanonicalRequest,
  { sent }: ToolNames,
): readonly UserContent[] {
  checkMedia(messages, media, "Claude");
  const pieces = toPromptPieces(messages, { toolName: sent });
  const texts = pieces.map((piece) => (piece.type === "text" ? Buffer.byteLength(piece.text) : 0));
  if (texts.reduce((sum, bytes) => sum + bytes, 1) > mostBytes) {
    throw new DualModeError("UNSUPPORTED_FEATURE", "Claude's CLI takes no prompt above 10 MB.", {
      fix: "Shorten the prompt or the history, or use the SDK mode.",
    });
  }
  const [first, ...rest] = pieces;
  return first?.type === "text"
    ? [{ type: "text", text: `\n${first.text}` }, ...rest]
    : [{ type: "text", text: "\n" }, ...pieces];
}
