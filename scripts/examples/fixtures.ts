import type { Fixture } from "@copilotkit/aimock";
import { anyPrompt, defaultAnswer } from "../mock-server.ts";

const weather = { name: "weather", arguments: '{"city":"Graz"}' };

/** What the mock server answers the examples: most of them alike. */
export const fixtures: readonly Fixture[] = [
  { match: { userMessage: "weather", hasToolResult: false }, response: { toolCalls: [weather] } },
  { match: { userMessage: "weather" }, response: { content: "It is clear in Graz." } },
  {
    match: { userMessage: "city of the Alps", sequenceIndex: 0 },
    response: { content: '{"city":"Chur","country":"Switzerland"}' },
  },
  {
    match: { userMessage: "city of the Alps" },
    response: { content: '{"city":"Innsbruck","country":"Austria"}' },
  },
  anyPrompt(defaultAnswer),
];
