import type { Reply, Usage } from "@acc/dual-mode";
import { fixFor, inOwnWords } from "../output/own-words.ts";
import type { Compared } from "./asker.ts";
import type { Listed } from "./list-providers.ts";

/** The result of a tool call for the client. */
export interface ToolResult {
  readonly content: { readonly type: "text"; readonly text: string }[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: true;
  readonly [member: string]: unknown;
}

/**
 * The answer as text, and with everything known about it as data, since clients show one or the
 * other.
 */
export function answerResult(reply: Reply): ToolResult {
  return {
    content: [textOf(reply.text), textOf(`(${describe(reply)})`)],
    structuredContent: { ...documentOf(reply) },
  };
}

/**
 * Each answer under the name of its provider. Failures are included; the result is an error only if
 * all failed.
 */
export function comparedResult(answers: readonly Compared[]): ToolResult {
  const documents = answers.map((one) => ({
    asked: nameOf(one),
    ...("reply" in one ? documentOf(one.reply) : { error: errorOf(one.error) }),
  }));
  const content = answers.map((one) => {
    const head = `## ${nameOf(one)}`;
    if (!("reply" in one)) return textOf(`${head}\n\n${wordsOf(one.error)}`);
    return textOf(`${head}\n\n${one.reply.text}\n\n(${describe(one.reply)})`);
  });
  const failed = answers.every((one) => "error" in one);
  return { content, structuredContent: { answers: documents }, ...(failed && { isError: true }) };
}

export function providersResult(listed: readonly Listed[]): ToolResult {
  const lines = listed.map(({ name, open, model, models, why }) => {
    const more = models.length > 0 ? `; also ${models.join(", ")}` : "";
    return `${name}: ${open ? `can be asked, ${model}${more}` : `cannot be asked: ${why}`}`;
  });
  return { content: [textOf(lines.join("\n"))], structuredContent: { providers: [...listed] } };
}

/** A failure that the client's model can read, and may correct. */
export async function failedResult(error: unknown): Promise<ToolResult> {
  const { redact } = await import("@acc/secrets/redact");
  const { code, message } = errorOf(error);
  return {
    content: [textOf(redact(wordsOf(error)))],
    structuredContent: { error: { code, message: redact(message) } },
    isError: true,
  };
}

interface Told {
  readonly code?: unknown;
  readonly fix?: unknown;
}

function errorOf(error: unknown): { readonly code: string; readonly message: string } {
  const { code = "UNEXPECTED" } = (error ?? {}) as Told;
  const message = error instanceof Error ? error.message : String(error);
  return { code: String(code), message: inOwnWords(message) };
}

function wordsOf(error: unknown): string {
  const { code, message } = errorOf(error);
  const { fix } = (error ?? {}) as Told;
  const what = typeof fix === "string" ? inOwnWords(fix) : fixFor(code);
  const isNew = what !== undefined && !message.includes(what);
  return `${code}: ${message}${isNew ? `\n${what}` : ""}`;
}

function documentOf(reply: Reply): Record<string, unknown> {
  const { text, object, provider, model, mode, cached, usage, cost, finishReason, cid } = reply;
  const known = { object, usage, cost: cost?.amount, cid };
  const given = Object.entries(known).filter(([, value]) => value !== undefined);
  return { text, provider, model, mode, cached, finishReason, ...Object.fromEntries(given) };
}

/** A summary such as "gemini-3-pro of gemini, from the cache". */
function describe({ provider, model, cached, usage, cost, finishReason }: Reply): string {
  const facts = [
    `${model} of ${provider}`,
    ...(cached ? ["from the cache"] : []),
    ...(cached ? [] : tokensOf(usage)),
    ...(cost && !cached ? [`US$ ${cost.amount.toFixed(4)}`] : []),
    ...(finishReason === "stop" ? [] : [`ended by ${finishReason}`]),
  ];
  return facts.join(", ");
}

function tokensOf({ inputTokens, outputTokens }: Usage = {}): readonly string[] {
  if (inputTokens === undefined || outputTokens === undefined) return [];
  return [`${inputTokens} tokens in, ${outputTokens} out`];
}

function nameOf({ name, model }: Compared): string {
  return model === undefined ? name : `${name}/${model}`;
}

function textOf(text: string): { readonly type: "text"; readonly text: string } {
  return { type: "text", text };
}
