import { createAcc as createAccV3 } from "@acc/ai-sdk";
import { createAcc as createAccV2 } from "@acc/ai-sdk/v2";
import { createAcc as createAccV4 } from "@acc/ai-sdk/v4";
import type { Client } from "@acc/dual-mode";
import * as ai6 from "ai";
import * as ai5 from "ai-5";
import * as ai7 from "ai-7";

/** The AI SDK as the tests call it: what they use is alike in all versions. */
export type Ai = typeof ai7;
export type Model = ReturnType<ReturnType<typeof createAccV4>>;

/** A provider of any version, as a test asks it. */
export interface AnyAcc {
  (modelId: string): Model;
  refuse(answer: unknown): boolean;
}

export interface Version {
  readonly name: string;
  readonly ai: Ai;
  readonly createAcc: (clients: Readonly<Record<string, Client>>) => AnyAcc;
}

/** Each `ai` with each entry that it is told to take. */
export const versions: readonly Version[] = [
  { name: "ai 5", ai: ai5 as unknown as Ai, createAcc: createAccV2 as never },
  { name: "ai 6", ai: ai6 as unknown as Ai, createAcc: createAccV3 as never },
  { name: "ai 7", ai: ai7, createAcc: createAccV3 as never },
  { name: "ai 7 by v4", ai: ai7, createAcc: createAccV4 },
];

// Warnings are looked at in the results.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
