import type { Client } from "@acc/dual-mode";
import type { AskedBefore } from "./asked-before.ts";
import type { RefusedAnswers } from "./refused-answers.ts";

/** The client behind a model of the AI SDK. */
export interface ModelSource {
  readonly client: Client;
  /** The client's name in the app. */
  readonly name: string;
  /** Undefined for the client's default model. */
  readonly model: string | undefined;
  readonly refusals: RefusedAnswers;
  readonly before: AskedBefore;
}
