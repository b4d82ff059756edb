import type { Message, Reply } from "@acc/dual-mode";
import type { ChatOptions } from "../chat/parsed-flags.ts";

/** What is saved of a question and its answer besides their texts. */
export interface TurnFacts {
  readonly v: 1;
  readonly id: string;
  /** The turn that this one continues; absent for the first. */
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
  /** How many answers of the model the turn took, if tools were called. */
  readonly steps?: number;
  /** The code of the failure; if it is set, there is no answer. */
  readonly error?: string;
}

/** Flags of `acc chat` that apply to a whole conversation. */
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

/** The texts of a turn, which are stored encrypted. */
export interface TurnTexts {
  /**
   * The messages since the previous turn: the question, the answer, and the calls and results
   * between them.
   */
  readonly messages: readonly Message[];
  readonly flags: KeptFlags;
}

/** A turn as it is stored. */
export interface StoredTurn {
  readonly facts: TurnFacts;
  /** Its encrypted texts, if they were saved. */
  readonly sealed?: string;
}

/** A turn as a line of its conversation's file. */
export function lineOf({ facts, sealed }: StoredTurn): string {
  return JSON.stringify(sealed === undefined ? facts : { ...facts, sealed });
}

/** Returns undefined for a line that is no turn: cut off, or of a later version. */
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
