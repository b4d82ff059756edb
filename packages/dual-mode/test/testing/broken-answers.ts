import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import type { RunContext } from "../../src/contract/mode-context.ts";
import type { Part } from "../../src/contract/part.ts";
import { broken, caught, each, finish, type Run, sdk } from "./break-a-mode.ts";
import type { Broken } from "./broken.ts";

async function* buffered(request: CanonicalRequest, context: RunContext<object>) {
  const parts: Part[] = [];
  for await (const part of sdk(request, context)) parts.push(part);
  yield* parts;
}

const leavesOutLastPiece = (): Run => {
  return each(sdk, (part) => (part.type === "text" && part.text === "🌍!" ? undefined : part));
};

export const brokenAnswers: readonly Broken[] = [
  broken(
    "sdk: the id that the vendor gives an answer is the reply's",
    "keeps the answer's id",
    each(sdk, (part) => (part.type === "start" ? { type: "start" } : part)),
  ),
  broken(
    "sdk: the vendor's own word for the end of an answer is passed on",
    "has words of its own for the end",
    each(sdk, (part) =>
      part.type === "finish" ? { ...part, vendorReason: part.reason.toUpperCase() } : part,
    ),
  ),
  broken(
    "sdk: the limits that the headers tell are the reply's, and are told in an event",
    "does not look at the headers",
    each(sdk, (part) => (part.type === "limits" ? undefined : part)),
  ),
  broken("sdk: a chat gives the whole text", "loses a piece", leavesOutLastPiece()),
  broken(
    "sdk: a reply names its mode and the model that answered",
    "names no model",
    each(sdk, (part) => (part.type === "start" ? { type: "start" } : part)),
  ),
  broken(
    "sdk: a stream begins with start, ends with finish, and says what its chat says",
    "begins with a text",
    each(sdk, (part) => (part.type === "start" ? undefined : part)),
  ),
  broken(
    "sdk: a stream gives its first words before the answer has ended",
    "waits for the end",
    buffered,
  ),
  broken(
    "sdk: the tokens that the vendor counts are reported",
    "counts no tokens",
    each(sdk, (part) => (part.type === "usage" ? undefined : part)),
  ),
  broken(
    "sdk: an answer cut by its bound of tokens ends with length",
    "takes every end for a good one",
    each(sdk, (part) => (part.type === "finish" ? finish : part)),
  ),
  broken(
    "sdk: an answer held back by a filter is CONTENT_FILTERED",
    "takes a filtered answer for an empty one",
    each(sdk, (part) => (part.type === "finish" ? finish : part)),
  ),
  broken(
    "sdk: an answer cut in mid-stream is no answer",
    "takes what came for an answer",
    caught(() => [finish]),
  ),
  broken(
    "sdk: an answer that ends without its last event is no answer",
    "takes what came for an answer",
    caught(() => [finish]),
  ),
  broken(
    "sdk: nothing at all is INVALID_OUTPUT",
    "makes up an answer",
    caught(() => [{ type: "start" }, { type: "text", text: "No answer." }, finish]),
  ),
];
