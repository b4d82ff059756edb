import type { ChatRequest } from "@acc/dual-mode";
import { resolveSettings } from "../config/resolve-settings.ts";
import { UsageError } from "../failure.ts";
import { untilInterrupted, wasInterrupted } from "../interrupt.ts";
import { readAttachments } from "./attachments.ts";
import { callOptions, clientOptions, requestBase, userMessage } from "./build-request.ts";
import type { ChatOptions } from "./chat-options.ts";
import { namedClient, namedProviders, openClient } from "./choose-client.ts";
import {
  type PrintAnswer,
  printDocument,
  printParts,
  printStream,
  printWhole,
} from "./print-answer.ts";
import { startProgress } from "./progress.ts";
import { readPrompt } from "./read-prompt.ts";

/** Asks and prints: parts as they come on a terminal, the whole answer elsewhere. */
export async function chat(words: readonly string[], options: ChatOptions): Promise<void> {
  if (options.interactive) {
    const { converse } = await import("./conversation.ts");
    return converse(words, options);
  }
  const answer = printerFor(options);
  const settings = await resolveSettings();
  const asked = callOptions(options, settings);
  const { onEvent, ...progress } = await startProgress(options.verbose ?? false, "chat");
  const own = { ...clientOptions(options), onEvent };
  const names = namedProviders(options.provider, settings);
  const [prompt, named] = await Promise.all([
    readPrompt(words, options),
    names.length > 0 ? namedClient(names, own) : undefined,
  ]);
  const request: ChatRequest = {
    ...(await requestBase(options, settings)),
    messages: [userMessage(prompt, await readAttachments(options))],
  };
  const client = named ?? (await openClient(own, request, asked));
  try {
    await untilInterrupted((signal) =>
      answer(client, request, { ...asked, signal }, progress.stop),
    );
  } finally {
    if (wasInterrupted() && process.stdout.isTTY) process.stdout.write("\n");
    progress.end();
    await client.close();
  }
}

function printerFor({ json, streamJson }: ChatOptions): PrintAnswer {
  if (json && streamJson) {
    throw new UsageError("--json and --stream-json exclude each other.", "Leave one of them out.");
  }
  if (json) return printDocument;
  if (streamJson) return printParts;
  return process.stdout.isTTY ? printStream : printWhole;
}
