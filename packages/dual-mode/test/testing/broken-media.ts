import type { CanonicalMessage } from "../../src/contract/canonical.ts";
import type { Feature } from "../../src/contract/mode.ts";
import type { ProviderMode } from "../../src/contract/provider.ts";
import type { FileContent, ImageContent, UserContent } from "../../src/contract/request.ts";
import { chatCompletions } from "../../src/provider.ts";
import type { Broken } from "./broken.ts";
import { minimalProvider } from "./minimal-provider.ts";

type Media = ImageContent | FileContent;

/** Takes everything, and is right. */
const seeing: ProviderMode<object> = chatCompletions({
  baseUrl: "http://127.0.0.1:9",
  credentials: ["key"],
  supports: [
    ...(["system", "multiTurn", "tools", "images", "files"] as const),
    ...(["imageUrls", "fileUrls", "systemTurns"] as const satisfies readonly Feature[]),
  ],
});

/** Sees, and keeps every rule. */
export const seeingProvider = minimalProvider({ sdk: seeing });

function broken(
  rule: string,
  fault: string,
  change: (message: CanonicalMessage) => readonly CanonicalMessage[],
): Broken {
  const run: ProviderMode<object>["run"] = (request, context) =>
    seeing.run({ ...request, messages: request.messages.flatMap(change) }, context);
  return { rule: `sdk: ${rule}`, fault, create: minimalProvider({ sdk: { ...seeing, run } }) };
}

/** Changes each image and file of one role's messages, or leaves it out. */
function withMedia(role: "user" | "tool", change: (media: Media) => readonly UserContent[]) {
  return (message: CanonicalMessage): readonly CanonicalMessage[] => {
    if (message.role !== role) return [message];
    const content = message.content.flatMap((piece) =>
      piece.type === "text" ? [piece] : change(piece),
    );
    return [{ ...message, content }];
  };
}

const without = (is: (media: Media) => boolean) => (media: Media) => (is(media) ? [] : [media]);
const arrives = (feature: string) => `${feature} is refused, or it reaches the vendor`;

export const brokenMedia: readonly Broken[] = [
  broken(
    arrives("files"),
    "drops files",
    withMedia(
      "user",
      without(({ type }) => type === "file"),
    ),
  ),
  broken(
    arrives("imageUrls"),
    "drops images that it would have to fetch",
    withMedia(
      "user",
      without(({ type, url }) => type === "image" && url !== undefined),
    ),
  ),
  broken(
    arrives("fileUrls"),
    "sends the name of a file for its address",
    withMedia("user", (media) =>
      media.url === undefined ? [media] : [{ ...media, url: "https://example.org/" }],
    ),
  ),
  broken(arrives("systemTurns"), "leaves system messages out of the history", (message) =>
    message.role === "system" ? [] : [message],
  ),
  broken(
    "tools are refused, or what they show arrives too, and no result is lost between images",
    "takes text alone from a tool",
    withMedia("tool", () => []),
  ),
  broken(
    "a file of a type that nobody takes is refused before it is sent, or it arrives whole",
    "takes every file for a PDF",
    withMedia("user", (media) => [{ ...media, mediaType: "application/pdf" } as Media]),
  ),
];
