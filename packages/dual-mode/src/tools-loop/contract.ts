import type { CallOptions } from "../contract/call-options.ts";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import type { Message, UserContent } from "../contract/request.ts";

/** The context of a tool's function. */
export interface ToolContext {
  /** The call's id and the tool's name, as the model sent them. */
  readonly id: string;
  readonly name: string;
  /**
   * Aborted when the run is aborted: by its caller, by its timeout, or because its loop was left.
   */
  readonly signal: AbortSignal;
}

/**
 * A tool's function. Its result is passed to the model: a text, pieces of text, images and files as
 * they are, anything else as JSON, undefined as an empty text. The message of an error that it
 * throws is passed to the model as a failure. The model wrote the input: it is an object, and
 * nothing more is checked, whatever type it is declared to have here.
 */
export type ToolFunction = {
  bivariant(input: unknown, context: ToolContext): unknown;
}["bivariant"];

/** The result of a tool call, as the model receives it. */
export interface ToolResultPart {
  readonly type: "tool-result";
  readonly id: string;
  readonly name: string;
  readonly content: string | readonly UserContent[];
  readonly isError?: true;
  /** How long the function took, in ms. */
  readonly ms: number;
}

/** The end of one answer of the model. */
export interface StepPart {
  readonly type: "step";
  /** The number of the answer, from 1. */
  readonly step: number;
  readonly reply: Reply;
  /** Whether it is the last answer, after which no tool is called. */
  readonly last: boolean;
}

/** One event of a run: a part of an answer, the end of an answer, or the result of a tool call. */
export type RunPart = Part | StepPart | ToolResultPart;

/** Options of a run; those of a call apply to each of its calls. */
export interface RunToolsOptions extends CallOptions {
  /** The functions of the tools that the request declares, by name. */
  readonly tools: Readonly<Record<string, ToolFunction>>;
  /**
   * The most answers that the model gives. The last one then ends the run as it is: it may have
   * `finishReason: "tool-calls"`, and its calls are not made. @default 20
   */
  readonly maxSteps?: number;
}

/** The last answer, with the usage, cost and attempts of all steps. */
export interface RunReply<T = unknown> extends Reply<T> {
  /** All answers of the model, in order. */
  readonly steps: readonly Reply[];
  /** The whole conversation, from which another call can continue. */
  readonly messages: readonly Message[];
}

/** A run, which can be read as parts or awaited as a reply. */
export interface ToolsRun<T = unknown> extends AsyncIterable<RunPart> {
  /**
   * The whole run. Awaiting it reads the parts that the loop has not read; until then no request is
   * sent.
   */
  readonly reply: PromiseLike<RunReply<T>>;
  /** The conversation so far, even after an error: another run can continue from it. */
  readonly messages: readonly Message[];
}
