import type { CanonicalMessage } from "../contract/canonical.ts";
import type { Message } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { canonicalMessage } from "./canonical-message.ts";
import { type PlacedMessage, pairedHistory } from "./paired-history.ts";

/** A conversation, and what the system says before it. */
export interface SendableHistory {
  readonly system: readonly string[];
  readonly messages: readonly CanonicalMessage[];
}

/**
 * The messages as any vendor can be sent them: well-formed text, no blank piece, no turn that says
 * nothing, ids unique over the conversation, and behind each turn with calls their results, one a
 * call and in the order of the calls.
 * @throws {@link DualModeError} `INVALID_REQUEST`, naming the message
 */
export function sendableHistory(messages: readonly Message[]): SendableHistory {
  const placed: PlacedMessage[] = [];
  const system: string[] = [];
  messages.forEach((written, index) => {
    const at = `request.messages[${index}]`;
    const message = canonicalMessage(written, at);
    if (saysNothing(message)) {
      if (message.role !== "user" || index < messages.length - 1) return;
      throw new DualModeError("INVALID_REQUEST", `${at}.content must not be empty.`);
    }
    if (message.role === "system" && placed.length === 0) {
      system.push(message.content.map(({ text }) => text).join(""));
    } else placed.push({ message, at });
  });
  if (placed.length === 0) {
    throw new DualModeError("INVALID_REQUEST", "request.messages: must hold a user message.");
  }
  // The most frequent one, and nothing to put in place.
  const isPlain = placed.every(({ message }) => message.role === "user");
  return { system, messages: isPlain ? placed.map(messageOf) : pairedHistory(placed) };
}

function messageOf({ message }: PlacedMessage): CanonicalMessage {
  return message;
}

/** Thoughts alone are no turn: a vendor refuses one that ends with them. */
function saysNothing({ role, content }: CanonicalMessage): boolean {
  if (role === "tool") return false;
  return content.every((piece) => piece.type === "reasoning");
}
