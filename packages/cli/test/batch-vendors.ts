import { testKey } from "./acc.ts";
import { type FileBatches, startFileBatches } from "./file-batches.ts";
import { startGeminiBatches } from "./gemini-batches.ts";
import { type MessageBatches, startMessageBatches } from "./message-batches.ts";
import type { VendorPlays } from "./vendor-plays.ts";

/** A vendor of batches on loopback. */
export interface PlayedVendor {
  readonly plays: VendorPlays;
  readonly plain: readonly string[];
  readonly batches: readonly { readonly id: string }[];
  /** Every prompt that was submitted, in its order. */
  prompts(): string[];
  /** What came of a prompt is that its batch, or it alone, was not answered in time. */
  expire(prompt: string): void;
  close(): Promise<void>;
  readonly env: Readonly<Record<string, string>>;
}

/** A vendor by what `-p` and `-m` say. */
export interface BatchVendor {
  readonly provider: string;
  readonly model: string;
  start(): Promise<PlayedVendor>;
}

const lateLine = { response: null, error: { code: "batch_expired", message: "not in time" } };

function ofFiles(vendor: FileBatches, env: Record<string, string>): PlayedVendor {
  return {
    ...vendor,
    env,
    expire(late) {
      vendor.plays.status = "expired";
      vendor.plays.error = (prompt) => (prompt === late ? lateLine : undefined);
    },
  };
}

function ofMessages(vendor: MessageBatches, env: Record<string, string>): PlayedVendor {
  return {
    ...vendor,
    env,
    expire(late) {
      vendor.plays.result = (prompt) => (prompt === late ? { type: "expired" } : undefined);
    },
  };
}

/** Every vendor whose batches can be asked for. */
export const batchVendors: readonly BatchVendor[] = [
  {
    provider: "claude",
    model: "claude-haiku-4-5",
    async start() {
      const vendor = await startMessageBatches();
      return ofMessages(vendor, { ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: vendor.url });
    },
  },
  {
    provider: "openai",
    model: "gpt-4o-mini",
    async start() {
      const vendor = await startFileBatches();
      return ofFiles(vendor, { OPENAI_API_KEY: testKey, OPENAI_BASE_URL: vendor.url });
    },
  },
  {
    provider: "groq",
    model: "llama-3.3-70b-versatile",
    async start() {
      const vendor = await startFileBatches();
      return ofFiles(vendor, { GROQ_API_KEY: testKey, GROQ_BASE_URL: vendor.origin });
    },
  },
  {
    provider: "gemini",
    model: "gemini-2.5-flash",
    async start() {
      const vendor = await startGeminiBatches();
      const expired = { error: { code: 4, message: "Deadline expired before it was answered." } };
      return {
        ...vendor,
        env: { GEMINI_API_KEY: testKey, GOOGLE_GEMINI_BASE_URL: vendor.url },
        expire(late) {
          vendor.plays.result = (prompt) => (prompt === late ? expired : undefined);
        },
      };
    },
  },
];
