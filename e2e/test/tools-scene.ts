import type { Message, Tool } from "@acc/dual-mode";

export const inputSchema = {
  type: "object",
  properties: {
    city: { type: "string", description: "$HOME, or $GEMINI_API_KEY" },
    days: { type: "number" },
  },
  required: ["city"],
  additionalProperties: false,
};

export const weather: Tool = {
  name: "get_weather",
  description: "Tells the weather.",
  inputSchema,
};

export const time: Tool = { name: "get_time", inputSchema: { type: "object", properties: {} } };

export const asked: Message = { role: "user", content: "What weather is it in Graz?" };
