import type { Message, Reply } from "@acc/dual-mode";
import type { ChatOptions } from "../chat/parsed-flags.ts";

/** What is kept of a question and its answer besides their texts. */
export interface TurnFacts {
  readonly v: 1;
  readonly id: string;
  /** The turn that this one goes on from; absent for the first. */
  readonly after?: string;
  /** When it was asked, ISO 8601. */
  readonly at: string;
  /** Milliseconds until it was answered, or failed. */
  readonly ms: number;
  readonly provider?: string;
  readonly mode?: Reply["mode"];
  readonly model?: string;
  readonly cached?: boolean;
  readonly finishReason?: Reply["finishReason"];
  readonly usage?: Reply["usage"];
  readonly cost?: Reply["cost"];
  /** How many answers of the model it took, where tools were called. */
  readonly steps?: number;
  /** The code of the failure; there is no answer then. */
  readonly error?: string;
}

/** Flags of `acc chat` that hold for a whole conversation. */
export type KeptFlags = Partial<
  Pick<
    ChatOptions,
    | "provider"
    | "model"
    | "system"
    | "maxTokens"
    | "temperature"
    | "topP"
    | "topK"
    | "presencePenalty"
    | "frequencyPenalty"
    | "stop"
    | "seed"
    | "reasoning"
    | "only"
    | "billing"
    | "tools"
  >
>;

/** The texts of a turn, which are kept encrypted. */
export interface TurnTexts {
  /** What was said since the turn before: the question, the answer, calls and results between them. */
  readonly messages: readonly Message[];
  readonly flags: KeptFlags;
}

/** A turn as it is kept. */
export interface StoredTurn {
  readonly facts: TurnFacts;
  /** Its texts, where they were kept. */
  readonly sealed?: string;
}

/** A turn as a line of its conversation's file. */
export function lineOf({ facts, sealed }: StoredTurn): string {
  return JSON.stringify(sealed === undefined ? facts : { ...facts, sealed });
}

/** Undefined for a line that is none: one that was cut off, or is of a later version. */
export function turnOf(line: string): StoredTurn | undefined {
  try {
    const { sealed, ...facts } = JSON.parse(line);
    const { v, id, at, ms } = facts;
    const isWhole = v === 1 && [id, at].every((each) => typeof each === "string");
    if (!isWhole || typeof ms !== "number") return undefined;
    return { facts, ...(typeof sealed === "string" && { sealed }) };
  } catch {
    return undefined;
  }
}
