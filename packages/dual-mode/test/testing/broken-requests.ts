import type { CanonicalMessage, CanonicalRequest } from "../../src/contract/canonical.ts";
import { broken, each, type Run, sdk } from "./break-a-mode.ts";
import type { Broken } from "./broken.ts";

const without =
  (name: keyof CanonicalRequest): Run =>
  (request, context) => {
    const { [name]: _, ...rest } = request;
    return sdk(rest as CanonicalRequest, context);
  };

const inOneTurn: Run = (request, context) =>
  sdk({ ...request, messages: request.messages.slice(-1) }, context);

/** Sends other messages for each. */
function withMessages(change: (message: CanonicalMessage) => readonly CanonicalMessage[]): Run {
  return (request, context) =>
    sdk({ ...request, messages: request.messages.flatMap(change) }, context);
}

const cut: CanonicalMessage = { role: "user", content: [{ type: "text", text: "marked \ud83c" }] };

function numberedAnew(message: CanonicalMessage): CanonicalMessage {
  if (message.role === "tool") return { ...message, toolCallId: "call_1" };
  if (message.role !== "assistant") return message;
  const content = message.content.map((piece) =>
    piece.type === "tool-call" ? { ...piece, id: "call_1" } : piece,
  );
  return { ...message, content };
}

export const brokenRequests: readonly Broken[] = [
  broken("sdk: system is refused, or it reaches the vendor", "drops system", without("system")),
  broken(
    "sdk: temperature is refused, or it reaches the vendor",
    "drops temperature",
    without("temperature"),
  ),
  broken(
    "sdk: multiTurn is refused, or it reaches the vendor",
    "sends the last message alone",
    inOneTurn,
  ),
  broken(
    "sdk: text that was cut within a character reaches the vendor well-formed",
    "cuts a text by itself",
    withMessages((message) => (message.role === "user" ? [cut] : [message])),
  ),
  broken(
    "sdk: a turn that says nothing is not sent",
    "puts an empty turn behind each",
    withMessages((message) => [message, { role: "assistant", content: [] }]),
  ),
  broken(
    "sdk: tools are refused, or their results arrive behind the calls and in their order",
    "sends results as they come",
    (request, context) => {
      const isResult = ({ role }: CanonicalMessage) => role === "tool";
      const results = request.messages.filter(isResult).toReversed();
      const messages = request.messages.filter((message) => !isResult(message));
      return sdk({ ...request, messages: [...messages, ...results] }, context);
    },
  ),
  broken(
    "sdk: tools are refused, or the ids of a history's calls are sent as those of different calls",
    "numbers the calls of each turn anew",
    withMessages((message) => [numberedAnew(message)]),
  ),
  broken(
    "sdk: tools are refused, or each call that is told has an id that no other has",
    "knows a call by its tool",
    each(sdk, (part) => (part.type === "tool-call" ? { ...part, id: part.name } : part)),
  ),
];
