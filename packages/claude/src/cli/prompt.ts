import {
  type CanonicalRequest,
  DualModeError,
  type TextTurn,
  toTextTurns,
} from "@acc/dual-mode/provider";

/** The CLI refuses more on stdin. */
const mostBytes = 10_000_000;

/**
 * The messages as the CLI's one prompt. A conversation is given as JSON, for the CLI takes no
 * history whose order it keeps. The newline keeps a leading "/" from being read as a command.
 */
export function toPrompt({ messages }: CanonicalRequest): string {
  const turns = toTextTurns(messages);
  const prompt = `\n${turns.length === 1 ? turns[0]?.text : conversation(turns)}`;
  if (Buffer.byteLength(prompt) > mostBytes) {
    throw new DualModeError("UNSUPPORTED_FEATURE", "Claude's CLI takes no prompt above 10 MB.", {
      fix: "Shorten the prompt or the history, or use the SDK mode.",
    });
  }
  return prompt;
}

function conversation(turns: readonly TextTurn[]): string {
  const messages = turns.map(({ role, text }) => ({ role, content: text }));
  return [
    "This is a conversation, its messages as JSON, the oldest first:",
    JSON.stringify(messages, null, 1),
    "Answer the last message. Give the assistant's next message alone, as plain text, not as JSON.",
  ].join("\n\n");
}
