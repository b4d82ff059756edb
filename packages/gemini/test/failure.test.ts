import { describe, expect, it } from "vitest";
import { runError } from "../src/cli/error.ts";
import { toError } from "../src/sdk/error.ts";
import { quota, refusals, spent } from "./refusals.ts";

describe("what the API refuses means the same everywhere", () => {
  it.each(refusals)(
    "%s: %i %s %j is the same everywhere",
    async (_, code, status, message, details, expected) => {
      const error = { code, message, status, ...(details.length > 0 && { details }) };
      const body = JSON.stringify({ error });

      const genai = Object.assign(new Error(body), { status: code });
      expect(await toError(genai), "@google/genai").toMatchObject({ code: expected, status: code });

      const preamble =
        "[GoogleGenerativeAI Error]: Error fetching from https://x/y: [400 Bad Request] ";
      const older = new Error(`${preamble}${message} ${JSON.stringify(details)}`);
      const thrown = Object.assign(older, { status: code, errorDetails: details });
      expect(await toError(thrown), "@google/generative-ai").toMatchObject({
        code: expected,
        status: code,
      });

      for (const said of [body, JSON.stringify({ error: { message: body, code, status: "x" } })]) {
        const exit = { exitCode: code & 255, stderr: "" };
        expect(await runError(exit, `[API Error: ${said}]`), "Gemini CLI").toMatchObject({
          code: expected,
          status: code,
        });
      }
    },
  );
});

it("the wait that the details name is told", async () => {
  const error = { code: 429, message: spent, details: quota("GenerateRequestsPerMinute") };
  const thrown = Object.assign(new Error(JSON.stringify({ error })), { status: 429 });
  expect(await toError(thrown)).toMatchObject({ code: "RATE_LIMITED", retryAfter: 20_000 });
});

it.each([
  [
    "google-gemini/gemini-cli#13004",
    "You have exhausted your capacity on this model. Your quota will reset after 8h44m7s.",
    "RATE_LIMITED",
    31_447_000,
  ],
  [
    "google-gemini/gemini-cli#15576",
    "You have exhausted your daily quota on this model.",
    "QUOTA_EXHAUSTED",
    undefined,
  ],
] as const)("%s: the CLI says %j", async (_, said, code, retryAfter) => {
  const error = await runError({ exitCode: 429 & 255, stderr: "" }, `[API Error: ${said}]`);
  expect(error).toMatchObject({ code, retryAfter });
});

it("the CLI names a 404 of any kind on stderr alone", async () => {
  // Gemini CLI 0.61.0, of a base URL with a path too many.
  const stderr = "Error when talking to Gemini API ModelNotFoundError: 404 page not found";
  const missing = (said: string) => runError({ exitCode: 1, stderr }, `[API Error: ${said}]`);
  expect(await missing('{"detail":"Not Found"}')).toMatchObject({
    code: "WRONG_ADDRESS",
    status: 404,
  });
  expect((await missing("<html><title>404</title></html>")).code).toBe("WRONG_ADDRESS");
  expect((await missing("models/x is not found")).code).toBe("MODEL_NOT_FOUND");
});

it("a page that was called JSON is no answer for the CLI", async () => {
  const said = `Unexpected token '<', "<!DOCTYPE "... is not valid JSON`;
  const error = await runError({ exitCode: 1, stderr: "" }, `[API Error: ${said}]`);
  expect(error.code).toBe("INVALID_OUTPUT");
});

it("the status that a body names counts where the exit tells none", async () => {
  const body = '{"error":{"code":429,"message":"Slow down.","status":"RESOURCE_EXHAUSTED"}}';
  const error = await runError({ exitCode: 1, stderr: "" }, `[API Error: ${body}]`);
  expect(error).toMatchObject({ code: "RATE_LIMITED", status: 429 });
});
