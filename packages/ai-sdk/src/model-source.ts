import type { Client } from "@acc/dual-mode";
import type { AskedBefore } from "./asked-before.ts";
import type { RefusedAnswers } from "./refused-answers.ts";

/** Whom a model of the AI SDK asks. */
export interface ModelSource {
  readonly client: Client;
  /** The client's name in the app. */
  readonly name: string;
  /** Undefined for the client's own. */
  readonly model: string | undefined;
  readonly refusals: RefusedAnswers;
  readonly before: AskedBefore;
}
