import type { CanonicalRequest, Part } from "@acc/dual-mode/provider";
import { playsEvents } from "../../../scripts/vendor-answers.ts";
import { outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { sdk } from "../src/sdk/mode.ts";
import { framed, responsesWire } from "./responses-wire.ts";

export const text = (said: string) => [{ type: "text", text: said }] as const;
export const request: CanonicalRequest = {
  model: "gpt-6.2-sol",
  messages: [{ role: "user", content: text("Hello") }],
};
const answer = {
  model: "gpt-6.2-sol",
  texts: ["Good ", "day."],
  inputTokens: 11,
  outputTokens: 7,
};
export const whole = playsEvents(responsesWire.answer({ ...answer, finish: "stop" }));

export type Event = Parameters<typeof framed>[0][number];
export const begun: Event = { type: "response.created", response: { id: "resp_1", model: "m" } };
export const completed = (members: object = {}): Event => ({
  type: "response.completed",
  response: { id: "resp_1", model: "m", status: "completed", output: [], ...members },
});

export async function asked(
  events: readonly Event[],
  members: Partial<CanonicalRequest> = {},
): Promise<{ parts: readonly Part[]; error: unknown; body: Record<string, unknown> }> {
  const server = await serve(playsEvents(framed(events)));
  const context = { ...runContext(server.url), options: { api: "responses" } as const };
  const { parts, error } = await outcomeOf(sdk.run({ ...request, ...members }, context));
  return { parts, error, body: JSON.parse(server.requests[0]?.body ?? "{}") };
}
