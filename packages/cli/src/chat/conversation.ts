import type { Reply } from "@acc/dual-mode";
import { resolveSettings } from "../config/resolve-settings.ts";
import { added, costOf, describeAnswer, nothingSpent } from "../dialogue/answer-cost.ts";
import type { Dialogue } from "../dialogue/commands.ts";
import { canEdit, type MessageSource, openEditor, readLines } from "../dialogue/message-source.ts";
import { takeMessage } from "../dialogue/take-message.ts";
import { Talk } from "../dialogue/talk.ts";
import { UsageError } from "../failure.ts";
import { forgetInterrupt, noteInterrupt } from "../interrupt.ts";
import { takeUp } from "../log/take-up.ts";
import { printError } from "../output/print-error.ts";
import { coloursOf, isQuiet, tell, write } from "../output/terminal.ts";
import { checkNames } from "../providers.ts";
import type { Template } from "../templates/parse-template.ts";
import { withTools } from "../tools/with-tools.ts";
import { readAttachments } from "./attachments.ts";
import { callOptions, clientOptions, type RequestBase, requestBase } from "./build-request.ts";
import { anyClient, namedClient, namedProviders } from "./choose-client.ts";
import { keepRequests } from "./keep-requests.ts";
import type { ChatOptions } from "./parsed-flags.ts";
import { type PrintAnswer, printStream } from "./print-answer.ts";
import { startProgress } from "./progress.ts";
import { readFirstQuestion } from "./read-prompt.ts";

/** Holds a conversation: each question is sent with everything said before. */
export async function converse(
  words: readonly string[],
  given: ChatOptions,
  template?: Template,
): Promise<void> {
  if (given.json || given.streamJson) {
    throw new UsageError(
      "A conversation cannot be printed as JSON.",
      "Leave out -i or the JSON flag.",
    );
  }
  const settings = await resolveSettings();
  const { options, before, keeping } = await takeUp(given, settings);
  const names = await checkNames(namedProviders(options.provider, settings));
  const [first, attached, base] = await Promise.all([
    readFirstQuestion(words, options, template),
    readAttachments(options),
    requestBase(options, settings),
  ]);
  const progress = await startProgress(options.verbose ?? false, "conversation");
  const own = { ...clientOptions(options), onEvent: progress.onEvent, standby: 1 };
  const client = await (names.length > 0 ? namedClient(names, own) : anyClient(own));
  const asked = callOptions(options, settings);
  await keepRequests(asked);
  const print = keeping(await printerOf(base));
  const bill = { spent: nothingSpent };
  const onReply = async (reply: Reply, ms: number) => {
    const usd = await costOf(reply);
    bill.spent = added(bill.spent, reply, usd);
    if (canEdit() && process.stdout.isTTY && !isQuiet() && !reply.cached) {
      const { dim } = coloursOf(process.stderr);
      write(process.stderr, `${dim(describeAnswer(reply, ms, usd))}\n`);
    }
  };
  const { signal } = new AbortController();
  const scene = { signal, beforeAsking: progress.stop };
  await withTools(options, scene, async (tools) => {
    const open = async (others: readonly string[]) => tools.around(await namedClient(others, own));
    const [asker, asking] = [tools.around(client), { ...base, ...tools.declared }];
    const how = { asked, progress, print, attached, onReply };
    const talk = new Talk({ client: asker, open, base: asking, ...how });
    talk.begin(before);
    try {
      await hold(talk, () => bill.spent, first);
    } finally {
      await talk.close();
    }
  }).finally(() => client.close());
}

/** Markdown is rendered only for people: programs and requests for JSON get the text as is. */
async function printerOf({ schema, json }: RequestBase): Promise<PrintAnswer> {
  if (!process.stdout.isTTY || process.env.TERM === "dumb") return printStream;
  if (schema !== undefined || json) return printStream;
  return (await import("../dialogue/print-markdown.ts")).printMarkdown;
}

async function hold(talk: Talk, spent: Dialogue["spent"], first: string | undefined) {
  const onTerminal = Boolean(process.stdin.isTTY && process.stderr.isTTY);
  const source = await openSource(talk, onTerminal);
  const edit = canEdit() ? outside : undefined;
  const dialogue = { talk, spent, ownFiles: new Set<string>(), edit };
  try {
    if (onTerminal) tell("Ctrl-D ends it; /help tells more.");
    if (first !== undefined) {
      source.remember(first);
      await talk.ask(first);
    }
    let draft = "";
    for (;;) {
      const written = await source.read(draft);
      if (written.type === "interrupt") noteInterrupt();
      if (written.type !== "text") return;
      const outcome = await takeMessage(dialogue, written.text);
      forgetInterrupt();
      if (outcome.isOver) return;
      draft = outcome.draft ?? "";
    }
  } finally {
    source.close();
  }
}

async function openSource(talk: Talk, onTerminal: boolean): Promise<MessageSource> {
  if (!canEdit()) return readLines(onTerminal, () => talk.interrupt());
  return openEditor(() => talk.interrupt(), outside);
}

/** If no editor could be opened, returns the text unchanged. */
async function outside(text: string): Promise<string> {
  const { editOutside } = await import("../dialogue/edit-outside.ts");
  const { withTerminal } = await import("../input/terminal-owner.ts");
  try {
    return await withTerminal(() => editOutside(text));
  } catch (error) {
    await printError(error, false);
    return text;
  }
}
