import { DualModeError } from "@acc/dual-mode";
import { expect, it } from "vitest";
import { failureOf } from "../../src/handler/failure-of.ts";
import { chatWire } from "../../src/wires/chat-completions/chat-wire.ts";
import { messagesWire } from "../../src/wires/messages/messages-wire.ts";
import { responsesWire } from "../../src/wires/responses/responses-wire.ts";

// Clients that know no x-should-retry repeat what is 408, 429 or of 500 and above.
it.each([
  ["AUTHENTICATION_FAILED", [], 403],
  ["MISSING_CREDENTIALS", [], 403],
  ["ALL_ROUTES_FAILED", ["CLI_NOT_FOUND", "MISSING_CREDENTIALS"], 403],
  ["ALL_ROUTES_FAILED", ["CLI_NOT_FOUND", "SERVER_ERROR"], 500],
  ["INVALID_REQUEST", [], 400],
  ["QUOTA_EXHAUSTED", [], 429],
  ["SERVER_ERROR", [], 500],
] as const)("The status tells whether waiting helps: %s %j", (code, causes, status) => {
  const failed = causes.map((each) => new DualModeError(each, "No."));
  const failure = failureOf(new DualModeError(code, "No.", { causes: failed }), { kind: "owner" });
  for (const wire of [chatWire, responsesWire, messagesWire]) {
    expect(wire.status(failure)).toBe(status);
  }
});
