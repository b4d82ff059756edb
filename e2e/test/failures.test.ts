import { DualModeError } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { dataEvent, playsEvents } from "../../scripts/vendor-answers.ts";
import {
  type FailureCase,
  failureCases,
  filteredAnswer,
  stalls,
} from "../../test/played/failure-cases.ts";
import { Scene } from "./scene.ts";
import { type Target, targets } from "./targets.ts";

const scene = new Scene();

describe.each(targets)("$name", (target) => {
  const cases: FailureCase[] = [
    ...failureCases(target.vendor),
    ...filtered(target),
    { name: "stall in mid-answer", answer: stalls(target.vendor), code: "TIMEOUT" },
    { name: "no answer at all", answer: () => {}, code: "TIMEOUT" },
  ];
  it.each(cases.map((each) => asTold(target, each)))(
    "$name",
    async ({ answer, code, status, retryAfter }) => {
      if (asksTwice(target, status)) scene.requestsPerAttempt = [2];
      const server = await scene.serve(answer);
      const timeout = { firstPart: target.mode === "cli" ? 6000 : 1500, idle: 1500 };
      await using client = scene.open(target, server.url, { timeout });
      const error = await scene.failure(client.chat("Explain decorators"));
      expect(error.attempts[0]).toMatchObject({ code, mode: target.mode });
      const origin = DualModeError.is(error.cause) ? error.cause : error;
      if (status !== undefined) expect(origin.status).toBe(status);
      if (retryAfter !== undefined && tellsTheWait(target))
        expect(origin.retryAfter).toBe(retryAfter);
    },
  );
});

function filtered({ vendor, mode }: Target): readonly FailureCase[] {
  const code = "CONTENT_FILTERED";
  const held = { name: vendor === "claude" ? "refusal" : "safety block", code } as const;
  const answer = { ...held, answer: filteredAnswer(vendor) };
  if (vendor !== "gemini") return [answer];
  const prompt = playsEvents([dataEvent({ promptFeedback: { blockReason: "SAFETY" } })]);
  // Gemini CLI says of it only that no answer came.
  const told = mode === "cli" ? "INVALID_OUTPUT" : code;
  return [answer, { name: "safety block of the prompt", answer: prompt, code: told }];
}

/** Refused with 404, in newer versions with 400 too, Claude's CLI asks once more in another form. */
function asksTwice({ name }: Target, status: number | undefined): boolean {
  if (name === "claude 2.1.330") return status === 400 || status === 404;
  return name === "claude 2.1.197" && status === 404;
}

/** The CLIs of Claude and OpenAI pass on that they shall wait, and not how long. */
function tellsTheWait({ vendor, mode }: Target): boolean {
  return (vendor !== "claude" && vendor !== "openai") || mode === "sdk";
}

/**
 * Codex names some kinds without their status, calls whatever it cannot read a stream that was
 * disconnected, and once told an empty account by its status alone.
 */
function asTold({ name: target, vendor, mode }: Target, failure: FailureCase): FailureCase {
  if (vendor !== "openai" || mode === "sdk") return failure;
  const { name, answer, code } = failure;
  if (code === "INVALID_OUTPUT") return { ...failure, code: "NETWORK" };
  if (name === "no credit" && target === "codex 0.152.0")
    return { ...failure, code: "RATE_LIMITED" };
  const nameless = name === "no credit" || name === "context too long";
  return nameless ? { name, answer, code } : failure;
}
