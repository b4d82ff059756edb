import type { NameRule } from "@acc/dual-mode/provider";

/** The rule in the API's reference. */
export const toolNames: NameRule = { characters: /[\w-]/, longest: 64 };
