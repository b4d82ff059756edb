import { testProvider } from "@acc/dual-mode/testing";
import { describe, test } from "vitest";
import { createOpenAI } from "../src/index.ts";
import { codexWire } from "./codex-wire.ts";
import { responsesWire } from "./responses-wire.ts";

describe("Responses", () => {
  testProvider(test, (options) => createOpenAI({ ...options, api: "responses" }), {
    sdk: { wire: responsesWire },
    options: { model: "gpt-4.1" },
  });
});

describe("chat completions", () => {
  testProvider(test, createOpenAI, { sdk: {}, options: { model: "gpt-4.1" } });
});

describe("Codex", () => {
  testProvider(test, createOpenAI, {
    cli: { wire: codexWire, holds: true },
    options: { billing: "key", model: "gpt-4.1" },
    deviations: [
      {
        rule: "cli: the wait that the vendor asks for is passed on",
        reason: "Codex does not print the header Retry-After",
      },
    ],
  });
});
