import { createSecret } from "@acc/secrets";
import { expect, test } from "vitest";
import { mapExit } from "../../src/cli/map-exit.ts";

const table = { 41: "AUTHENTICATION_FAILED", 173: "RATE_LIMITED" } as const;

test.each([
  [{ exitCode: 41, stderr: "" }, "AUTHENTICATION_FAILED", /exit code 41 and said nothing\.$/],
  [{ exitCode: 173, stderr: "slow\n down " }, "RATE_LIMITED", /exit code 173: slow down$/],
  [{ exitCode: 1, stderr: "boom" }, "CLI_CRASHED", /exit code 1: boom$/],
  [{ exitCode: 0, stderr: "" }, "CLI_CRASHED", /exit code 0/],
  [{ signal: "SIGSEGV", stderr: "" }, "CLI_CRASHED", /by SIGSEGV/],
] as const)("%j is %s", (exit, code, message) => {
  expect(mapExit(exit, table)).toMatchObject({ code, message: expect.stringMatching(message) });
});

test("keeps what the mode knows besides", () => {
  const error = mapExit({ exitCode: 41, stderr: "" }, table, { fix: "Log in.", status: 401 });
  expect(error).toMatchObject({ fix: "Log in.", status: 401 });
});

test("a long stderr is told by its end, without a secret that stands in it", () => {
  const secret = createSecret("any", "sk-very-secret-value-123");
  const stderr = `${"noise ".repeat(200)}the key ${secret.reveal()} is bad`;
  const { message } = mapExit({ exitCode: 1, stderr }, {});
  expect(message).toMatch(/: ….*the key \[redacted\] is bad$/);
  expect(message.length).toBeLessThan(400);
});
