import { DualModeError } from "@acc/dual-mode";
import { afterAll, describe, expect, it } from "vitest";
import {
  type FailureCase,
  failureCases,
  filteredAnswer,
  stalls,
} from "../../scripts/failure-cases.ts";
import { type Door, doors, open } from "./doors.ts";
import { Scene } from "./scene.ts";

const scene = new Scene();
const table: Record<string, string>[] = [];

type Mode = "cli" | "sdk";

const sdks = ["claude 2.1.330", "gemini 0.61.0", "acc-groq"];
const targets = [
  ...doors.map((door) => ({ name: door.name, door, mode: "cli" as Mode })),
  ...doors
    .filter(({ name }) => sdks.includes(name))
    .map((door) => ({ name: `${door.vendor} SDK`, door, mode: "sdk" as Mode })),
];

describe.each(targets)("$name", ({ name: target, door, mode }) => {
  const cases: FailureCase[] = [
    ...failureCases(door.vendor),
    { name: "filtered", answer: filteredAnswer(door.vendor), code: "CONTENT_FILTERED" },
    { name: "stall in mid-answer", answer: stalls(door.vendor), code: "TIMEOUT" },
    { name: "no answer at all", answer: () => {}, code: "TIMEOUT" },
  ];
  it.each(cases)("$name is $code", async ({ name, answer, code }) => {
    const server = await scene.serve(answer);
    const attempt = await failedAttempt(door, mode, server.url);
    table.push({
      door: target,
      played: name,
      code: attempt.code,
      said: attempt.reason.slice(0, 90),
    });
    expect.soft(attempt.code).toBe(code);
    const asked = server.requests.filter(({ method }) => method === "POST").length;
    expect.soft(asked).toBeLessThanOrEqual(requestsOf(door, mode, code));
  });
});

afterAll(() => console.table(table));

/** Refused as wrong (400, 404), Claude's CLI asks once more in another form, and nothing stops it. */
function requestsOf(door: Door, mode: Mode, code: string): number {
  const again = ["MODEL_NOT_FOUND", "CONTEXT_TOO_LONG", "QUOTA_EXHAUSTED"];
  return mode === "cli" && door.vendor === "claude" && again.includes(code) ? 2 : 1;
}

async function failedAttempt(
  door: Door,
  mode: Mode,
  url: string,
): Promise<{ code: string; reason: string }> {
  const timeout = { firstPart: 6000, idle: 1500 };
  await using client = open(door, url, { only: mode, timeout });
  try {
    await client.chat("Explain decorators");
  } catch (error) {
    if (!DualModeError.is(error)) throw error;
    const [attempt] = error.attempts;
    return { code: attempt?.code ?? "", reason: attempt?.reason ?? "" };
  }
  return { code: "", reason: "it answered" };
}
