export const ask = {
  models: [{ provider: "p", model: "small" }],
  inputTokens: 1_000,
  maxOutputTokens: 1_000,
};

export const isTaken = (found: object) => "settle" in found;
