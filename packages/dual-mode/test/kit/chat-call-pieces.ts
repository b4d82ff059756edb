import { ends } from "./chat-scene.ts";

export const fn = (name: unknown, args: unknown) => ({ function: { name, arguments: args } });

export const a = ["a", "one", { x: 1 }];

export const end = ends("tool_calls");
