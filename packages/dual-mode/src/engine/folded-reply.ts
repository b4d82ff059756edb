import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import { answerObject } from "./answer-object.ts";
import type { Call } from "./call.ts";
import { type WholeAnswer, wholeAnswer } from "./reply-from-kept.ts";
import { unlessAborted } from "./timers.ts";

/**
 * Folds the parts of an answer into a reply, with the object that a schema makes of it.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT` if the answer does not fit the schema
 */
export async function foldedReply<Options extends object>(
  { provider, request, schema, signal }: Call<Options>,
  parts: readonly Part[],
  withObject: boolean,
): Promise<WholeAnswer & Pick<Reply, "object">> {
  const folded = wholeAnswer({ provider: provider.name, model: request.model }, parts);
  if (!withObject || schema === undefined || folded.finishReason !== "stop") return folded;
  return { ...folded, object: await unlessAborted(signal, answerObject(folded.text, schema)) };
}
