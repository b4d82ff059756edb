import type { Message } from "@acc/dual-mode";
import type { ChatOptions } from "../chat/parsed-flags.ts";
import type { PrintAnswer } from "../chat/print-answer.ts";
import type { Settings } from "../config/settings.ts";
import { UsageError } from "../failure.ts";
import { logFolder } from "./log-folder.ts";
import { logBounds, logLevel } from "./log-settings.ts";

/** A conversation that is started or continued. */
export interface Talk {
  /** The given flags, which override those of the conversation that is continued. */
  readonly options: ChatOptions;
  /** The messages so far. */
  readonly before: readonly Message[];
  /** Wraps a function that asks, so that each turn is saved. */
  readonly keeping: (answer: PrintAnswer) => PrintAnswer;
}

/** Starts a conversation, or continues the one that the options name. */
export async function takeUp(options: ChatOptions, settings: Settings): Promise<Talk> {
  const { last, continue: id } = options;
  if (last && id !== undefined) {
    throw new UsageError("-c and --continue exclude each other.", "Leave one of them out.");
  }
  const level = options.log ? logLevel(settings) : "off";
  const isGoneOn = last || id !== undefined;
  const folder = logFolder();
  if (!isGoneOn && (level === "off" || folder === undefined)) {
    return { options, before: [], keeping: (answer) => answer };
  }
  const { ConversationLog } = await import("./conversation-log.ts");
  const found = isGoneOn ? await (await import("./go-on.ts")).goOn(options) : undefined;
  const own = found?.options ?? options;
  const before = found?.said.at(-1)?.messages ?? [];
  if (level === "off" || folder === undefined) {
    return { options: own, before, keeping: (answer) => answer };
  }
  const place = { folder, level, bounds: logBounds(settings) };
  const log = new ConversationLog(place, own, found?.conversation);
  for (const turn of found?.said ?? []) log.knows(turn.id, turn.messages);
  return { options: own, before, keeping: (answer) => log.keeping(answer) };
}
