import type { NameRule } from "@acc/dual-mode/provider";

/** As the API's reference has it. */
export const toolNames: NameRule = { characters: /[\w-]/, longest: 64 };
