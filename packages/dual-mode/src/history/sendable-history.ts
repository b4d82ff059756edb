import type { CanonicalMessage } from "../contract/canonical.ts";
import type { Message } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { canonicalMessage } from "./canonical-message.ts";
import { type PlacedMessage, pairedHistory } from "./paired-history.ts";

/** A conversation, and the system messages before it. */
export interface SendableHistory {
  readonly system: readonly string[];
  readonly messages: readonly CanonicalMessage[];
}

/**
 * Returns the messages in a form that any vendor accepts: well-formed text, no blank piece, no turn
 * without content, and ids that are unique in the conversation. After each turn with calls come
 * their results, one per call and in the order of the calls.
 *
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
  // The most frequent case, in which there is nothing to pair.
  const isPlain = placed.every(({ message }) => message.role === "user");
  return { system, messages: isPlain ? placed.map(messageOf) : pairedHistory(placed) };
}

function messageOf({ message }: PlacedMessage): CanonicalMessage {
  return message;
}

/** Reasoning alone is not a turn: a vendor refuses a turn that ends with it. */
function saysNothing({ role, content }: CanonicalMessage): boolean {
  if (role === "tool") return false;
  return content.every((piece) => piece.type === "reasoning");
}
