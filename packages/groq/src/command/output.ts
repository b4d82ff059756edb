import {
  type DualModeError,
  type Limits,
  type Part,
  printableJson,
  type Source,
  type ToolCall,
  type Usage,
} from "@acc/dual-mode/provider";
import type { Arguments } from "./arguments.ts";

type Write = (text: string) => void;

/** Writes parts to stdout: `part` as each arrives, `end` after the last, `fail` in its place. */
export interface Output {
  part(part: Part): void;
  end(): void;
  fail(error: DualModeError): void;
}

export function openOutput(kind: Arguments["output"], stdout: Write, stderr: Write): Output {
  switch (kind) {
    case "text":
      return textOutput(stdout, stderr);
    case "json":
      return jsonOutput(stdout);
    case "stream-json":
      return streamOutput(stdout);
  }
}

function textOutput(stdout: Write, stderr: Write): Output {
  return {
    part: (part) => {
      if (part.type === "text") stdout(part.text);
    },
    end: () => stdout("\n"),
    fail: ({ code, message, fix }) =>
      stderr(`acc-groq: ${code}: ${message}${fix === undefined ? "" : `\n  ${fix}`}\n`),
  };
}

function streamOutput(stdout: Write): Output {
  return {
    part: (part) => stdout(`${printableJson(JSON.stringify(part))}\n`),
    end: () => {},
    fail: (error) =>
      stdout(`${printableJson(JSON.stringify({ type: "error", error: toError(error) }))}\n`),
  };
}

function jsonOutput(stdout: Write): Output {
  const reply = {
    id: undefined as string | undefined,
    model: undefined as string | undefined,
    text: "",
    reasoning: undefined as string | undefined,
    toolCalls: [] as ToolCall[],
    usage: undefined as Usage | undefined,
    finishReason: undefined as string | undefined,
    vendorReason: undefined as string | undefined,
    sources: [] as Source[],
    limits: undefined as Limits | undefined,
  };
  return {
    part: (part) => {
      if (part.type === "start") Object.assign(reply, { model: part.model, id: part.id });
      if (part.type === "text") reply.text += part.text;
      if (part.type === "reasoning") reply.reasoning = (reply.reasoning ?? "") + part.text;
      if (part.type === "tool-call") {
        reply.toolCalls.push({ id: part.id, name: part.name, input: part.input });
      }
      if (part.type === "usage") reply.usage = part.usage;
      if (part.type === "source") reply.sources.push(part.source);
      if (part.type === "limits") reply.limits = part.limits;
      if (part.type === "finish") {
        reply.finishReason = part.reason;
        reply.vendorReason = part.vendorReason;
      }
    },
    end: () => stdout(`${printableJson(JSON.stringify(reply))}\n`),
    fail: (error) => stdout(`${printableJson(JSON.stringify({ error: toError(error) }))}\n`),
  };
}

function toError(error: DualModeError): object {
  const { code, message, fix, status, retryAfter, requestId, cooldown, limits, retryable } = error;
  return { code, message, fix, status, retryAfter, requestId, cooldown, limits, retryable };
}
