import { redact } from "@acc/secrets/redact";
import type { Part, Warning } from "../contract/part.ts";
import { foldParts } from "./fold-parts.ts";

const warning: Warning = {
  code: "SECRET_IN_ANSWER",
  message:
    "The answer holds a secret that this process knows. It is given as it came, and is not kept.",
};

/** Told of an answer that holds a known secret, in whatever form it is written there. */
export function secretInAnswer(parts: readonly Part[]): Warning | undefined {
  const { text, reasoning, toolCalls, model } = foldParts(parts);
  const said = [text, reasoning, JSON.stringify([toolCalls, model])];
  return said.some((each) => redact(each) !== each) ? warning : undefined;
}

/** Whether an answer was given with that warning. */
export function tellsOfSecret(parts: readonly Part[]): boolean {
  return parts.some((part) => part.type === "warning" && part.warning.code === warning.code);
}
