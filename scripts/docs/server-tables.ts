import { featureNames } from "../../packages/dual-mode/src/request/feature-names.ts";
import * as compatible from "../../packages/openai/src/compatible.ts";
import { cellOf } from "./feature-cell.ts";
import { table } from "./markdown-table.ts";

const { ollama, lmStudio, vllm, llamaCpp } = compatible;
const { openRouter, deepSeek, xai, mistral, together, azureOpenAI } = compatible;
const servers = [
  ...[ollama, lmStudio, vllm, llamaCpp],
  ...[openRouter, deepSeek, xai, mistral, together, azureOpenAI("resource")],
];

/** What the presets of `@acc/openai/compatible` declare. */
export const serverTables: Readonly<Record<string, string>> = {
  servers: table(
    ["feature", ...servers.map(({ id }) => id)],
    featureNames.map((feature) => [
      `\`${feature}\``,
      ...servers.map(({ supports = [], lacks = [] }) => cellOf(feature, { supports, lacks })),
    ]),
  ),
  serverLacks: table(
    ["server", "feature", "why"],
    servers.flatMap(({ id, lacks = [] }) =>
      lacks.map(({ features, reason }) => [
        id,
        features.map((feature) => `\`${feature}\``).join(", "),
        reason,
      ]),
    ),
  ),
};
