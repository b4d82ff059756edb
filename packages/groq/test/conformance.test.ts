import { chatCompletionsWire, type HttpWire, testProvider } from "@acc/dual-mode/testing";
import { test } from "vitest";
import { createGroq } from "../src/index.ts";

/** Chat completions, but the tokens are counted in a member of its own in the last event. */
const wire: HttpWire = {
  ...chatCompletionsWire,
  answer: ({ inputTokens, outputTokens, ...answer }) => {
    const usage = { prompt_tokens: inputTokens, completion_tokens: outputTokens };
    const events = chatCompletionsWire.answer({ ...answer, inputTokens, outputTokens });
    return events.map((event) =>
      event.includes('"usage"')
        ? `data: ${JSON.stringify({ id: "played", model: answer.model, x_groq: { usage } })}\n\n`
        : event,
    );
  },
};

testProvider(test, createGroq, { sdk: { wire }, cli: { holds: true } });
