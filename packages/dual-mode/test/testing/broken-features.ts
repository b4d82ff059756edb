import type { CanonicalMessage, CanonicalRequest } from "../../src/contract/canonical.ts";
import type { Feature } from "../../src/contract/mode.ts";
import type { UserContent } from "../../src/contract/request.ts";
import type { Broken } from "./broken.ts";
import { minimalProvider, modes } from "./minimal-provider.ts";

type Change = (request: CanonicalRequest) => CanonicalRequest;

/** Providers that declare a feature and do not send it, in SDK mode. */
function drops(feature: Feature, change: Change): Broken {
  const { sdk } = modes;
  return {
    fault: `drops ${feature}`,
    rule: `sdk: ${feature} is refused, or it reaches the vendor`,
    create: minimalProvider({
      sdk: { ...sdk, run: (request, context) => sdk.run(change(request), context) },
    }),
  };
}

const member =
  (name: keyof CanonicalRequest): Change =>
  ({ [name]: _, ...rest }) =>
    rest as CanonicalRequest;

const pieces =
  (isDropped: (piece: UserContent) => boolean): Change =>
  (request) => ({ ...request, messages: request.messages.map((each) => without(each, isDropped)) });

function without(
  message: CanonicalMessage,
  isDropped: (piece: UserContent) => boolean,
): CanonicalMessage {
  if (message.role !== "user") return message;
  const kept = message.content.filter((piece) => !isDropped(piece));
  return { ...message, content: kept.length > 0 ? kept : [{ type: "text", text: "Look." }] };
}

export const brokenFeatures: readonly Broken[] = [
  ...(
    [
      ...["topK", "presencePenalty", "frequencyPenalty", "reasoning", "json", "vendor"],
      ...["toolChoice", "parallelTools"],
    ] as const
  ).map((name) => drops(name as Feature, member(name as keyof CanonicalRequest))),
  drops("strictTools", ({ tools = [], ...rest }) => ({
    ...rest,
    tools: tools.map(({ strict: _, ...tool }) => tool),
  })),
  drops(
    "images",
    pieces(({ type }) => type === "image"),
  ),
  drops(
    "imageUrls",
    pieces(({ type }) => type === "image"),
  ),
  drops(
    "files",
    pieces(({ type }) => type === "file"),
  ),
  drops(
    "fileUrls",
    pieces(({ type }) => type === "file"),
  ),
  drops("systemTurns", ({ messages, ...rest }) => ({
    ...rest,
    messages: messages.filter(({ role }) => role !== "system"),
  })),
];
