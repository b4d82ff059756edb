import type { ModeFeatures } from "@acc/dual-mode/provider";
import * as claude from "../../packages/claude/src/features.ts";
import * as gemini from "../../packages/gemini/src/features.ts";
import * as groq from "../../packages/groq/src/features.ts";
import * as openai from "../../packages/openai/src/features.ts";
import type { Vendor } from "../../scripts/vendor-answers.ts";

/** What each mode declares: the tables of docs/modes.md are made of the same. */
export const featureTables: Readonly<
  Record<Vendor, Readonly<Record<"cli" | "sdk", ModeFeatures>>>
> = {
  claude: { cli: claude.cliFeatures, sdk: claude.sdkFeatures },
  gemini: { cli: gemini.cliFeatures, sdk: gemini.sdkFeatures },
  groq: { cli: groq.cliFeatures, sdk: groq.sdkFeatures },
  openai: { cli: openai.cliFeatures, sdk: openai.sdkFeatures },
};
