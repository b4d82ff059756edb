/** What a package may reach: of ours, and of the vendors' SDKs. */
export interface Reach {
  readonly ours: readonly string[] | "all";
  readonly sdks: readonly string[];
  /** Development dependencies that the build puts into dist, so that nobody installs them. */
  readonly bundled?: readonly string[] | "all";
  /** What its tests alone drive, as development dependencies. */
  readonly tests?: readonly string[];
  /** Sources that load what they are told to: whatever that is, another source names it. */
  readonly loaders?: readonly string[];
}

const providerEntries = [
  "@acc/dual-mode",
  "@acc/dual-mode/define-provider",
  "@acc/dual-mode/provider",
];

/** The dependency rule. Arrows run one way, down this table and never back. */
export const published: Readonly<Record<string, Reach>> = {
  "@acc/secrets": { ours: [], sdks: [] },
  "@acc/cache": { ours: [], sdks: [], bundled: ["lru-cache"] },
  "@acc/dual-mode": {
    ours: ["@acc/secrets", "@acc/secrets/redact", "@acc/cache", "@acc/cache/directory"],
    sdks: [],
    bundled: ["zod"],
  },
  "@acc/claude": { ours: providerEntries, sdks: ["@anthropic-ai/sdk"] },
  "@acc/gemini": { ours: providerEntries, sdks: ["@google/generative-ai", "@google/genai"] },
  "@acc/groq": { ours: providerEntries, sdks: ["groq-sdk"] },
  "@acc/openai": { ours: providerEntries, sdks: ["openai"] },
  "@acc/ai-sdk": { ours: ["@acc/dual-mode"], sdks: [], bundled: ["@cfworker/json-schema"] },
  "@acc/prices": { ours: [], sdks: [] },
  "@acc/server": {
    ours: ["@acc/dual-mode"],
    sdks: [],
    bundled: ["zod"],
    tests: ["@acc/cache", "@anthropic-ai/sdk", "openai"],
  },
  "@acc/batch": { ours: ["@acc/dual-mode"], sdks: [], tests: ["@acc/cache"] },
  "@acc/cli": { ours: "all", sdks: [], bundled: "all", loaders: ["src/start/require-outside.ts"] },
  "create-acc-provider": { ours: [], sdks: [] },
};

/** The examples are apps: what ours are for, the AI SDK is too, and no vendor's own SDK. */
export const app: Reach = { ours: "all", sdks: ["ai"] };

/** Data of the repository that the builds put into dist, seen from a package: no code. */
export const sharedData = "../../tried-versions.json";

/** The entries that the core has for everybody: a first-party provider gets no other. */
export const coreEntries = [
  ".",
  "./define-provider",
  "./provider",
  "./testing",
  "./end-with-stdout",
  "./shared-state",
  "./package.json",
];

/** Packages that speak to a vendor: each belongs to its provider alone. */
export const isSdk = (name: string) =>
  /^(@anthropic-ai|@google|@google-cloud|@ai-sdk|@mistralai)\/|^(groq-sdk|openai|ai)$/.test(name);
