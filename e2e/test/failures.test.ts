import { DualModeError } from "@acc/dual-mode";
import { afterAll, describe, expect, it } from "vitest";
import { type FailureCase, failureCases, filteredAnswer } from "../../scripts/failure-cases.ts";
import { type Door, doors, open } from "./doors.ts";
import { Scene } from "./scene.ts";

const scene = new Scene();
const table: Record<string, string>[] = [];

describe.each(doors)("$name", (door) => {
  const cases: FailureCase[] = [
    ...failureCases(door.vendor),
    { name: "filtered", answer: filteredAnswer(door.vendor), code: "CONTENT_FILTERED" },
  ];
  it.each(cases)("$name is $code", async ({ name, answer, code }) => {
    const server = await scene.serve(answer);
    const attempt = await failedAttempt(door, server.url);
    table.push({
      door: door.name,
      played: name,
      code: attempt.code,
      said: attempt.reason.slice(0, 90),
    });
    expect.soft(attempt.code).toBe(code);
    const asked = server.requests.filter(({ method }) => method === "POST").length;
    expect.soft(asked).toBeLessThanOrEqual(requestsOf(door, code));
  });
});

afterAll(() => console.table(table));

/** Refused as wrong (400, 404), Claude's CLI asks once more in another form, and nothing stops it. */
function requestsOf(door: Door, code: string): number {
  const again = ["MODEL_NOT_FOUND", "CONTEXT_TOO_LONG", "QUOTA_EXHAUSTED"];
  return door.vendor === "claude" && again.includes(code) ? 2 : 1;
}

async function failedAttempt(door: Door, url: string): Promise<{ code: string; reason: string }> {
  await using client = open(door, url);
  try {
    await client.chat("Explain decorators");
  } catch (error) {
    if (!DualModeError.is(error)) throw error;
    const [attempt] = error.attempts;
    return { code: attempt?.code ?? "", reason: attempt?.reason ?? "" };
  }
  return { code: "", reason: "it answered" };
}
