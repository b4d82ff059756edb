import { randomUUID } from "node:crypto";
import { protocolExit } from "../kit/protocol-exits.ts";
import type { CommandWire } from "./wire.ts";

/** The wire format of commands that speak docs/cli-protocol.md. */
export const protocolWire: CommandWire = {
  probes: [{ args: ["--version"], stdout: "1.2.3\n" }],
  answer: ({ id, model, texts, finish, inputTokens, outputTokens }) =>
    [
      { type: "start", model, ...(id !== undefined && { id }) },
      ...texts.map((text) => ({ type: "text", text })),
      { type: "usage", usage: { inputTokens, outputTokens } },
      { type: "finish", reason: finish, vendorReason: `played_${finish}` },
    ].map((part) => JSON.stringify(part)),
  reasons: { stop: "played_stop", length: "played_length" },
  signOfLife: JSON.stringify({ type: "still-here" }),
  calls: (calls) =>
    [
      { type: "start" },
      ...calls.map((call) => ({ type: "tool-call", id: randomUUID(), ...call })),
      { type: "finish", reason: "tool-calls" },
    ].map((part) => JSON.stringify(part)),
  failure: ({ code, status, message, retryAfter }) => {
    const wait = retryAfter === undefined ? {} : { retryAfter: retryAfter * 1000 };
    const error = { code, message, status, ...wait };
    return { lines: [JSON.stringify({ type: "error", error })], exitCode: protocolExit(code) };
  },
};
