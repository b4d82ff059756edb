import fc from "fast-check";
import { expect, it } from "vitest";
import { toBody } from "../../packages/claude/src/sdk/body.ts";
import { messages } from "../../packages/dual-mode/fuzz/support/histories.ts";
import type { CanonicalRequest } from "../../packages/dual-mode/src/contract/canonical.ts";
import type { ChatRequest } from "../../packages/dual-mode/src/contract/request.ts";
import { DualModeError } from "../../packages/dual-mode/src/error.ts";
import { toChatBody } from "../../packages/dual-mode/src/kit/chat-body.ts";
import { canonicalRequest } from "../../packages/dual-mode/src/request/canonical-request.ts";
import { toContents } from "../../packages/gemini/src/sdk/contents.ts";
import { chatRules } from "./strict-chat-completions.ts";
import { geminiProof, generateContentRules } from "./strict-generate-content.ts";
import { claudeProof, messagesRules } from "./strict-messages-api.ts";
import { refusalOf, type StrictRule } from "./strict-rule.ts";

const thoughts = JSON.stringify([{ type: "thinking", thinking: "Hm.", signature: claudeProof }]);
const signer = "claude:claude-haiku-4-5";
const histories = messages({
  thought: [`${signer}:${claudeProof}`, `${signer}:redacted:hidden`, "claude:claude-opus-4-5:x"],
  call: [`${signer}:${thoughts}`, `gemini:${geminiProof}`],
});
const gemini = (model: string) => ({
  body: ({ messages }: CanonicalRequest) => {
    const turns = messages.filter(({ role }) => role !== "system");
    return { contents: toContents(turns, model) };
  },
  rules: generateContentRules(model),
});
const vendors: Readonly<
  Record<string, { body: (request: CanonicalRequest) => unknown; rules: readonly unknown[] }>
> = {
  "claude that thinks": {
    body: (asked) => toBody({ ...asked, reasoning: "low" }),
    rules: messagesRules,
  },
  claude: { body: toBody, rules: messagesRules },
  "claude of today": {
    body: (asked) => toBody({ ...asked, model: "claude-sonnet-5-5" }),
    rules: messagesRules,
  },
  "gemini 3": gemini("gemini-3-pro"),
  "gemini 2": gemini("gemini-2.5-flash"),
  "chat completions": { body: toChatBody, rules: chatRules },
};

it.each(Object.keys(vendors))("whatever history has its form is taken by %s", (name) => {
  const { body, rules } = vendors[name] as (typeof vendors)[string];
  let taken = 0;
  const property = fc.property(histories, (given) => {
    const request = canonical({ messages: given, tools: [{ name: "weather", inputSchema: {} }] });
    if (request === undefined) return;
    const sent = bodyOf(body, request);
    if (sent === undefined) return;
    taken += 1;
    const broken = refusalOf(rules as readonly StrictRule<unknown>[], sent);
    if (broken !== undefined) throw new Error(`${broken.says}\n${sent}`);
  });
  fc.assert(property, { numRuns: 500 });
  expect(taken).toBeGreaterThan(50);
});

/** Undefined where it goes to another mode. */
function bodyOf(
  body: (request: CanonicalRequest) => unknown,
  request: CanonicalRequest,
): string | undefined {
  try {
    return JSON.stringify(body(request));
  } catch (error) {
    if (DualModeError.is(error) && error.code === "UNSUPPORTED_FEATURE") return undefined;
    throw error;
  }
}

function canonical(request: ChatRequest): CanonicalRequest | undefined {
  try {
    return canonicalRequest(request, {}, "claude-haiku-4-5").canonical;
  } catch {
    return undefined;
  }
}
