import { delta, ends } from "./chat-scene.ts";

export const hi = delta({ content: "Hi" });
export const stop = ends("stop");
