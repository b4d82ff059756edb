import type { FailureRow, Refusals } from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";

const useKey =
  'A ChatGPT plan only accepts the requests of Codex itself: give an API key and billing: "any".';
const otherModel = "Name a model of the plan, or give an API key.";

/** Refusals of the ChatGPT plans' back end for requests that are not Codex's own. */
const failures: readonly FailureRow[] = [
  // openai/codex#3376
  { code: "AUTHENTICATION_FAILED", words: "instructions are not valid", fix: useKey },
  // justlovemaki/AIClient2API#632
  { code: "AUTHENTICATION_FAILED", words: "system messages are not allowed", fix: useKey },
  // openai/codex#26053
  {
    code: "MODEL_NOT_FOUND",
    words: "not supported when using codex with a chatgpt account",
    fix: otherModel,
  },
];

/** How refusals of a login's requests are classified. */
export const planRefusals: Refusals = {
  ...refusals,
  failures: [...failures, ...(refusals.failures ?? [])],
};
