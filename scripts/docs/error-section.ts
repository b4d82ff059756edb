import { join } from "node:path";
import { errorWords } from "./error-words.ts";

/** Where the words stand in docs/errors.md, between its tables and its end. */
export const markers = {
  begin: "<!-- What errors say: written by pnpm docs:words -->",
  end: "<!-- End of what errors say -->",
} as const;

const places = [
  ["The core", "dual-mode"],
  ["Claude", "claude"],
  ["Gemini", "gemini"],
  ["Groq", "groq"],
  ["OpenAI", "openai"],
  ["Secrets", "secrets"],
  ["The cache", "cache"],
  ["Batches", "batch"],
  ["The command acc", "cli"],
] as const;

/** Warnings have codes too, and end no call. */
const warnings = new Set(["FEATURE_IGNORED", "NOT_CACHEABLE", "PAYER_CHANGED", "SECRET_IN_ANSWER"]);

/** The section as the sources have it, without its markers. */
export function errorSection(root: string): string {
  return places
    .map(([title, name]) => {
      const said = new Map<string, string[]>();
      for (const { code, words } of errorWords(join(root, "packages", name, "src"))) {
        if (name !== "cache" && warnings.has(code)) continue;
        said.set(code, [...(said.get(code) ?? []), words]);
      }
      const lines = [...said].flatMap(([code, all]) => [code, ...all.map((each) => `  ${each}`)]);
      return [`### ${title}`, "", "```text", ...lines, "```", ""].join("\n");
    })
    .join("\n");
}
