import type { CallOptions } from "../contract/call-options.ts";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import type { Message, UserContent } from "../contract/request.ts";

/** What a tool's function knows of its call. */
export interface ToolContext {
  /** The call's id and the tool's name, as the model gave them. */
  readonly id: string;
  readonly name: string;
  /** Aborted when the run is: by its caller, by its time, or because its loop was left. */
  readonly signal: AbortSignal;
}

/**
 * Does what a tool is for. What it gives goes to the model: a text, pieces of text, images and files, anything
 * else as JSON, nothing as an empty text. What it throws goes to the model as an error, by its message.
 * The model made the input: it is an object, and nothing more is checked, whatever type it is declared
 * to have here.
 */
export type ToolFunction = {
  bivariant(input: unknown, context: ToolContext): unknown;
}["bivariant"];

/** What a tool's call came to, as the model is told it. */
export interface ToolResultPart {
  readonly type: "tool-result";
  readonly id: string;
  readonly name: string;
  readonly content: string | readonly UserContent[];
  readonly isError?: true;
  /** Milliseconds that the function took. */
  readonly ms: number;
}

/** The end of one answer of the model. */
export interface StepPart {
  readonly type: "step";
  /** From 1. */
  readonly step: number;
  readonly reply: Reply;
  /** No tool is called any more, and no other answer comes. */
  readonly last: boolean;
}

/** One event of a run: those of each answer, its end, and what its calls came to. */
export type RunPart = Part | StepPart | ToolResultPart;

/** How a run goes; what is not its own is as in a call, and holds for each of them. */
export interface RunToolsOptions extends CallOptions {
  /** What is done for each tool that the request declares, by its name. */
  readonly tools: Readonly<Record<string, ToolFunction>>;
  /**
   * The most answers that the model gives. The last one then ends the run as it is: it may have
   * `finishReason: "tool-calls"`, and its calls are not made. @default 20
   */
  readonly maxSteps?: number;
}

/** The last answer, with what the whole run used: usage, cost and attempts are those of all steps. */
export interface RunReply<T = unknown> extends Reply<T> {
  /** Every answer of the model, in order. */
  readonly steps: readonly Reply[];
  /** The conversation, to continue with: what was asked, and all that came. */
  readonly messages: readonly Message[];
}

/** A run, as its parts or as its reply. */
export interface ToolsRun<T = unknown> extends AsyncIterable<RunPart> {
  /** The whole; reads what the loop has not read. Nothing is asked before it is awaited. */
  readonly reply: PromiseLike<RunReply<T>>;
  /** The conversation as far as it has come, also after an error: another run goes on from there. */
  readonly messages: readonly Message[];
}
