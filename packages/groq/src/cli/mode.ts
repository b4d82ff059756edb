import { type ProviderMode, protocolCommand } from "@acc/dual-mode/provider";
import { cliFeatures } from "../features.ts";
import type { GroqOptions } from "../options.ts";
import { bundledCommand } from "./bundled-command.ts";

/** Groq through `acc-groq`, a separate process: the one on PATH, or that of this package. */
export const cli: ProviderMode<GroqOptions> = protocolCommand({
  command: "acc-groq",
  provider: "groq",
  bundled: bundledCommand,
  install: "npm install -g @acc/groq",
  credentials: ["key"],
  ...cliFeatures,
  keyVariable: "GROQ_API_KEY",
  baseUrlVariable: "GROQ_BASE_URL",
  hold: true,
});
