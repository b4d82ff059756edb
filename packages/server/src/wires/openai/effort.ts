import * as z from "zod/mini";
import { once } from "../body/once.ts";

const efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
/** What programs send to leave the choice to the model (Alishahryar1/free-claude-code#1348). */
const unset = ["default", "auto", ""] as const;

/** How much a model is to think, in the words of OpenAI's wires. */
export type Effort = (typeof efforts)[number];
export type SaidEffort = Effort | (typeof unset)[number];

export const effort: () => z.ZodMiniType = once(() => z.nullish(z.enum([...efforts, ...unset])));

export function effortOf(said: SaidEffort | null | undefined): Effort | undefined {
  return efforts.find((one) => one === said);
}
