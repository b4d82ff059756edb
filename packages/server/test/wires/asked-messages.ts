import { readMessages } from "../../src/wires/messages/read-messages.ts";

export const user = { role: "user", content: "hi" };

export const asked = (members: object = {}) =>
  readMessages({ model: "claude-x", max_tokens: 9, messages: [user], ...members });
export const ask = (members: object) => asked(members).request;
export const thinking = { thinking: { type: "enabled", budget_tokens: 8_000 } };
