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
    ["topK", request.topK !== undefined],
    ["presencePenalty", request.presencePenalty !== undefined],
    ["frequencyPenalty", request.frequencyPenalty !== undefined],
    ["schema", request.schema !== undefined],
    ["json", request.json !== undefined],
    ["tools", request.tools !== undefined || messages.some(usesTools)],
    ["toolChoice", request.toolChoice !== undefined],
    ["parallelTools", request.parallelTools !== undefined],
    ["strictTools", request.tools?.some(({ strict }) => strict === true) === true],
    ["images", messages.some(holds(({ type }) => type === "image"))],
    ["files", messages.some(holds(({ type }) => type === "file"))],
    ["imageUrls", messages.some(holds(({ type, url }) => type === "image" && url !== undefined))],
    ["fileUrls", messages.some(holds(({ type, url }) => type === "file" && url !== undefined))],
    ["systemTurns", messages.some(({ role }) => role === "system")],
    ["vendor", request.vendor !== undefined],
  ];
  return needs.filter(([, needed]) => needed).map(([feature]) => feature);
}

function usesTools({ role, content }: CanonicalMessage): boolean {
  return role === "tool" || content.some(({ type }) => type === "tool-call");
}

function holds(
  is: (piece: { readonly type: string; readonly url?: string | undefined }) => boolean,
) {
  return ({ content }: CanonicalMessage): boolean => content.some(is);
}
