import type { Feature } from "../contract/mode.ts";

const names: Readonly<Record<Feature, true>> = {
  system: true,
  multiTurn: true,
  temperature: true,
  topP: true,
  stop: true,
  maxOutputTokens: true,
  seed: true,
  reasoning: true,
  schema: true,
  tools: true,
  images: true,
  files: true,
  imageUrls: true,
  fileUrls: true,
  systemTurns: true,
  toolChoice: true,
  parallelTools: true,
  strictTools: true,
  topK: true,
  presencePenalty: true,
  frequencyPenalty: true,
  json: true,
  vendor: true,
};

/** The names of all features. */
export const featureNames: readonly Feature[] = Object.keys(names) as Feature[];
