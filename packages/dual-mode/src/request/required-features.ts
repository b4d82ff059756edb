import type { CanonicalMessage, CanonicalRequest } from "../contract/canonical.ts";
import type { Feature } from "../contract/mode.ts";

/** What a mode must have to honour this request in full. */
export function requiredFeatures(request: CanonicalRequest): readonly Feature[] {
  const { messages } = request;
  const needs: [Feature, boolean][] = [
    ["system", request.system !== undefined],
    ["multiTurn", messages.length > 1],
    ["temperature", request.temperature !== undefined],
    ["topP", request.topP !== undefined],
    ["stop", request.stop !== undefined],
    ["maxOutputTokens", request.maxOutputTokens !== undefined],
    ["seed", request.seed !== undefined],
    ["reasoning", request.reasoning !== undefined],
    ["schema", request.schema !== undefined],
    ["tools", request.tools !== undefined || messages.some(usesTools)],
    ["images", messages.some(hasImage)],
  ];
  return needs.filter(([, needed]) => needed).map(([feature]) => feature);
}

function usesTools({ role, content }: CanonicalMessage): boolean {
  return role === "tool" || content.some(({ type }) => type === "tool-call");
}

function hasImage({ content }: CanonicalMessage): boolean {
  return content.some(({ type }) => type === "image");
}

/** The request without what a mode lacks: what `lenient` sends. */
export function withoutFeatures(
  request: CanonicalRequest,
  missing: readonly Feature[],
): CanonicalRequest {
  if (missing.length === 0) return request;
  const members = new Set<string>(missing);
  const kept = Object.fromEntries(Object.entries(request).filter(([name]) => !members.has(name)));
  const turns = members.has("multiTurn") ? request.messages.slice(-1) : request.messages;
  const messages = members.has("images") ? turns.map(withoutImages) : turns;
  return { ...kept, messages } as unknown as CanonicalRequest;
}

function withoutImages(message: CanonicalMessage): CanonicalMessage {
  if (message.role === "assistant") return message;
  return { ...message, content: message.content.filter(({ type }) => type !== "image") };
}
