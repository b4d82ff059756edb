import { randomUUID } from "node:crypto";
import {
  type CommandWire,
  type HttpWire,
  type PlayedFailure,
  testProvider,
} from "@acc/dual-mode/testing";
import { test } from "vitest";
import { createGemini } from "../src/index.ts";
import { geminiBatches } from "./batch-wire.ts";

const finishReasons = { stop: "STOP", length: "MAX_TOKENS", "content-filter": "SAFETY" } as const;

/** Its words for a limit of the rate and of the plan begin alike. */
function errorBody({ status, type: kind, message, retryAfter }: PlayedFailure): object {
  const daily = "Quota exceeded: GenerateRequestsPerDayPerProjectPerModel";
  const said = kind === "insufficient_quota" ? daily : message;
  const type = "type.googleapis.com/google.rpc.RetryInfo";
  const details = retryAfter === undefined ? [] : [{ "@type": type, retryDelay: `${retryAfter}s` }];
  return { error: { code: status, status: "UNKNOWN", message: said, details } };
}

const http: HttpWire = {
  answer: ({ id = "r1", model, texts, finish, inputTokens, outputTokens }) => {
    const usageMetadata = { promptTokenCount: inputTokens, candidatesTokenCount: outputTokens };
    const chunk = (candidate: object) => {
      const candidates = [candidate];
      const data = { responseId: id, modelVersion: model, candidates, usageMetadata };
      return `data: ${JSON.stringify(data)}\r\n\r\n`;
    };
    return [
      ...texts.map((text) => chunk({ content: { role: "model", parts: [{ text }] } })),
      chunk({ finishReason: finishReasons[finish] }),
    ];
  },
  reasons: finishReasons,
  signOfLife: ": still here\r\n\r\n",
  calls: (calls) => {
    const parts = calls.map(({ name, input }) => ({ functionCall: { name, args: input } }));
    const candidates = [{ content: { role: "model", parts }, finishReason: "STOP" }];
    return [`data: ${JSON.stringify({ modelVersion: "played", candidates })}\r\n\r\n`];
  },
  failure: (failure) => ({
    status: failure.status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(errorBody(failure)),
  }),
  models: (names) => {
    const models = names.map((name) => ({
      name: `models/${name}`,
      supportedGenerationMethods: ["generateContent", "countTokens"],
    }));
    return JSON.stringify({ models });
  },
  batches: geminiBatches,
};

const command: CommandWire = {
  probes: [{ args: ["--version"], stdout: "0.61.0\n" }],
  tooOld: [{ args: ["--version"], stdout: "0.60.9\n" }],
  answer: ({ model, texts, finish, inputTokens, outputTokens }) => {
    const total_tokens = inputTokens + outputTokens;
    const stats = { total_tokens, input_tokens: inputTokens, output_tokens: outputTokens };
    const blocked = { type: "error", severity: "error", message: "The answer was blocked: SAFETY" };
    return [
      { type: "init", model },
      ...texts.map((content) => ({ type: "message", role: "assistant", content, delta: true })),
      ...(finish === "content-filter" ? [blocked] : []),
      { type: "result", status: "success", stats },
    ].map((line) => JSON.stringify(line));
  },
  signOfLife: '{"type":"status"}',
  calls: (calls) => {
    const id = (index: number) => `${calls[index]?.name}__${randomUUID()}`;
    const error = { type: "FatalTurnLimitedError", message: "Reached max session turns." };
    return [
      { type: "init", model: "played" },
      ...calls.map(({ name, input }, index) => {
        return { type: "tool_use", tool_name: name, tool_id: id(index), parameters: input };
      }),
      { type: "tool_result", status: "error" },
      { type: "result", status: "error", error, stats: {} },
    ].map((line) => JSON.stringify(line));
  },
  failure: (failure) => {
    const wait = failure.retryAfter === undefined ? "" : ` Please retry in ${failure.retryAfter}s`;
    const { error } = errorBody(failure) as { error: { message: string } };
    const told = { ...error, message: `${error.message}${wait}` };
    const message = `[API Error: ${JSON.stringify({ error: told })}]`;
    return {
      lines: [JSON.stringify({ type: "result", status: "error", error: { message } })],
      exitCode: failure.status & 255,
    };
  },
};

testProvider(test, createGemini, { sdk: { wire: http }, cli: { wire: command } });
