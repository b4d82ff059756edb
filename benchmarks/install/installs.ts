/** A package of ours, and what it is compared with. */
export interface Install {
  readonly ours: string;
  /** The SDKs that it uses, as a user would install them without ours. */
  readonly sdk: readonly string[];
  /** What somebody who uses `ai` installs in its place. */
  readonly peer?: readonly string[];
  /** MB that ours may add to the SDKs. */
  readonly mostAdded: number;
}

const anthropic = "@anthropic-ai/sdk";
const google = "@google/genai";

export const installs: readonly Install[] = [
  { ours: "@acc/claude", sdk: [anthropic], peer: ["ai", "@ai-sdk/anthropic"], mostAdded: 6 },
  { ours: "@acc/gemini", sdk: [google], mostAdded: 6 },
  { ours: "@acc/groq", sdk: ["groq-sdk"], peer: ["ai", "@ai-sdk/groq"], mostAdded: 6 },
  { ours: "@acc/openai", sdk: ["openai"], mostAdded: 6 },
  { ours: "@acc/cli", sdk: [anthropic, google, "groq-sdk", "openai"], mostAdded: 12 },
];
