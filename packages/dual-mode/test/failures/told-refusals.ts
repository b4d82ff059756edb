import { expect, test } from "vitest";
import type { Code } from "../../src/contract/code.ts";
import { judgeRefusal } from "../../src/failures/judge-refusal.ts";

/** Who reported it, the status, the body, what it means. */
type Told = readonly [source: string, status: number | undefined, body: unknown, code: Code];

export const error = (message: string, type?: string, code?: string | number) => ({
  error: { message, type, code },
});

export const page = (title: string, words = "") =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body>${words}</body></html>`;

export function areJudged(refusals: readonly Told[]): void {
  test.each(refusals)("%s: %s %j is %s", (_, status, body, code) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    for (const form of [body, text]) {
      expect(judgeRefusal(form, { status }).code).toBe(code);
    }
  });
}
