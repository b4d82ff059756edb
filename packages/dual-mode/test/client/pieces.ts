export const start = { type: "start" } as const;
export const text = { type: "text", text: "half" } as const;
