import * as z from "zod/mini";
import { once } from "../body/once.ts";

const efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;

/** How long a model is to think, as OpenAI's wires say it. */
export type Effort = (typeof efforts)[number];

export const effort: () => z.ZodMiniType = once(() => z.nullish(z.enum(efforts)));
