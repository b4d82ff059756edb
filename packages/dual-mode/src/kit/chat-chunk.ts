import { givenText, isMembers, type Members } from "../foreign/guards.ts";
import type { ForeignSource } from "../foreign/new-sources.ts";
import { unreadable } from "../foreign/unreadable.ts";
import { sourcesOfChunk, sourcesOfDelta } from "./chat-sources.ts";
import { chatText } from "./chat-text.ts";

/**
 * One event of a stream of chat completions, with the members that are read, each checked for its
 * type.
 */
export interface ChatChunk {
  readonly id?: string | undefined;
  readonly model?: string | undefined;
  readonly choices: readonly ChatChoice[];
  /** The usage as it was sent: its counts are checked where they are read. */
  readonly usage?: unknown;
  /** Sources that are cited outside the choices. */
  readonly sources: readonly ForeignSource[];
}

export interface ChatChoice {
  /**
   * Whether this is the whole message: from a server that does not stream, or that repeats the
   * message at the end.
   */
  readonly isWhole: boolean;
  readonly text: string;
  readonly reasoning: string;
  /** The model's explanation of why it does not answer. */
  readonly refusal: string;
  readonly calls: readonly ChatCallDelta[];
  readonly sources: readonly ForeignSource[];
  readonly finishReason?: string | undefined;
  /** Which stop sequence ended the choice. */
  readonly stopSequence?: string | undefined;
}

/** A piece of a tool call, or a whole one. */
export interface ChatCallDelta {
  readonly index?: number | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly json: string;
}

/**
 * Checks a chunk as it was sent. `null` and `""` count as absent.
 *
 * @param who The vendor as the subject of a sentence: "Example's API".
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function toChatChunk(sent: unknown, who: string): ChatChunk {
  if (!isMembers(sent)) throw unreadable(who, "an event that is not an object");
  const { id, model } = sent;
  const choices = listOf(sent.choices, "choices", who);
  return {
    id: typeof id === "number" ? String(id) : givenText(id),
    model: givenText(model),
    choices: choices.map((choice) => toChoice(choice, who)),
    // Moonshot sends the usage in the choice.
    usage: sent.usage ?? choices.filter(isMembers).find(({ usage }) => usage)?.usage,
    sources: sourcesOfChunk(sent),
  };
}

function toChoice(choice: unknown, who: string): ChatChoice {
  if (!isMembers(choice)) throw unreadable(who, "a choice that is not an object");
  const isWhole = isNothing(choice.delta) && isMembers(choice.message);
  const delta = (isWhole ? choice.message : choice.delta) ?? {};
  if (!isMembers(delta)) throw unreadable(who, "a delta that is not an object");
  const { content, refusal, tool_calls, function_call } = delta;
  const calls = listOf(
    tool_calls ?? (function_call && [{ function: function_call }]),
    "calls",
    who,
  );
  const { text, reasoning } = chatText(content, who);
  return {
    isWhole,
    text,
    reasoning: reasoning + thoughtIn(delta, who),
    refusal: chatText(refusal, who).text,
    calls: calls.map((call, position) =>
      toCall(call, calls.length > 1 ? position : undefined, who),
    ),
    sources: sourcesOfDelta(delta),
    finishReason: givenText(choice.finish_reason),
    stopSequence: metSequence(choice),
  };
}

/**
 * The stop sequence as vLLM and SGLang report it; a number is that of a token
 * (vllm-project/vllm#45807).
 */
function metSequence({ stop_reason: met, matched_stop: matched = met }: Members) {
  return typeof matched === "string" && matched !== "" ? matched : undefined;
}

function isNothing(delta: unknown): boolean {
  return delta === undefined || delta === null || (isMembers(delta) && !Object.keys(delta).length);
}

/** Servers use several members for reasoning, and some use two at once. */
function thoughtIn(delta: Members, who: string): string {
  for (const name of ["reasoning", "reasoning_content", "reasoning_text", "thinking"]) {
    const thought = delta[name];
    const { text, reasoning } = isMembers(thought) ? noText : chatText(thought, who);
    if (text !== "" || reasoning !== "") return text + reasoning;
  }
  const details = delta.reasoning_details;
  return Array.isArray(details) ? details.map(thoughtOf).join("") : "";
}

const noText = { text: "", reasoning: "" };

function thoughtOf(detail: unknown): string {
  if (!isMembers(detail)) return "";
  return givenText(detail.text) ?? givenText(detail.summary) ?? "";
}

function toCall(call: unknown, position: number | undefined, who: string): ChatCallDelta {
  if (!isMembers(call)) throw unreadable(who, "a tool call that is not an object");
  const called = call.function ?? {};
  if (!isMembers(called)) throw unreadable(who, "a tool call whose function is not an object");
  return {
    index: toIndex(call.index) ?? position,
    id: givenText(call.id),
    name: givenText(called.name),
    json: toJson(called.arguments),
  };
}

/** Some servers write the number as text. */
function toIndex(index: unknown): number | undefined {
  const number = typeof index === "string" && index !== "" ? Number(index) : index;
  return Number.isInteger(number) ? (number as number) : undefined;
}

/** The arguments as JSON text; some servers send the object itself. */
function toJson(args: unknown): string {
  if (typeof args === "string") return args;
  return args === undefined || args === null ? "" : JSON.stringify(args);
}

function listOf(value: unknown, name: string, who: string): readonly unknown[] {
  if (value === undefined || value === null || value === "") return [];
  if (Array.isArray(value)) return value;
  throw unreadable(who, `${name} that are no list`);
}
