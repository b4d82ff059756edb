import type { ChatRequest } from "@acc/dual-mode";
import type { Command } from "commander";
import { resolveSettings } from "../config/resolve-settings.ts";
import { UsageError } from "../failure.ts";
import { untilInterrupted, wasInterrupted } from "../interrupt.ts";
import { takeUp } from "../log/take-up.ts";
import { checkNames } from "../providers.ts";
import type { Template } from "../templates/parse-template.ts";
import { withTools } from "../tools/with-tools.ts";
import { readAttachments } from "./attachments.ts";
import { callOptions, clientOptions, requestBase, userMessage } from "./build-request.ts";
import { clientBySelf, namedClient, namedProviders } from "./choose-client.ts";
import { keepRequests } from "./keep-requests.ts";
import type { ChatOptions } from "./parsed-flags.ts";
import {
  type PrintAnswer,
  printDocument,
  printParts,
  printStream,
  printWhole,
} from "./print-answer.ts";
import { startProgress } from "./progress.ts";
import { readPrompt } from "./read-prompt.ts";

/** Asks and prints the answer: as it streams in on a terminal, as a whole elsewhere. */
export async function chat(
  words: readonly string[],
  given: ChatOptions,
  command: Command,
): Promise<void> {
  const { options: asGiven, template } = await unfolded(given, command);
  if (asGiven.interactive) {
    const { converse } = await import("./conversation.ts");
    return converse(words, asGiven, template);
  }
  const print = printerFor(asGiven);
  const settings = await resolveSettings();
  const { options, before, keeping } = await takeUp(asGiven, settings);
  const answer = keeping(print);
  const asked = callOptions(options, settings);
  const { onEvent, ...progress } = await startProgress(options.verbose ?? false, "chat");
  const own = { ...clientOptions(options), onEvent };
  const names = await checkNames(namedProviders(options.provider, settings));
  const open = async () => {
    if (settings.server === "auto" || names.length === 0) return undefined;
    await keepRequests(asked);
    return namedClient(names, own);
  };
  const [prompt, early] = await Promise.all([readPrompt(words, options, template), open()]);
  const request: ChatRequest = {
    ...(await requestBase(options, settings)),
    messages: [...before, userMessage(prompt, await readAttachments(options))],
  };
  // Last, because a client that has found a server keeps hold of it.
  const answering = settings.server === "auto" ? throughServer(options) : clientBySelf;
  const client = early ?? (await answering(names, own, request, asked));
  try {
    await untilInterrupted((signal) =>
      withTools(options, { signal, beforeAsking: progress.stop }, ({ around, declared }) =>
        answer(around(client), { ...request, ...declared }, { ...asked, signal }, progress.stop),
      ),
    );
  } finally {
    if (wasInterrupted() && process.stdout.isTTY) process.stdout.write("\n");
    progress.end();
    await client.close();
  }
}

/** A client that calls through a running `acc serve`, if one would answer the same. */
function throughServer(options: ChatOptions): typeof clientBySelf {
  return async (names, own, request, asked) => {
    const { openThrough } = await import("../through/open-through.ts");
    return openThrough(names, options, own, request, asked);
  };
}

/** The flags, including those of the named template. */
async function unfolded(
  options: ChatOptions,
  command: Command,
): Promise<{ readonly options: ChatOptions; readonly template?: Template }> {
  if (options.template !== undefined) {
    return (await import("../templates/apply-template.ts")).withTemplate(options, command);
  }
  if (options.param === undefined) return { options };
  throw new UsageError(
    `There is no template for ${options.param.join(", ")}.`,
    "Name one with -t, or leave the parameter out.",
  );
}

function printerFor({ json, streamJson }: ChatOptions): PrintAnswer {
  if (json && streamJson) {
    throw new UsageError("--json and --stream-json exclude each other.", "Leave one of them out.");
  }
  if (json) return printDocument;
  if (streamJson) return printParts;
  return process.stdout.isTTY ? printStream : printWhole;
}
