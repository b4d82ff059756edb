import * as claude from "../../packages/claude/src/features.ts";
import { models as claudeModels } from "../../packages/claude/src/models.ts";
import { toThinking as claudeThinking } from "../../packages/claude/src/sdk/thinking.ts";
import type { Feature } from "../../packages/dual-mode/src/contract/mode.ts";
import type { ModeFeatures } from "../../packages/dual-mode/src/contract/provider.ts";
import type { ReasoningLevel } from "../../packages/dual-mode/src/contract/request.ts";
import { featureNames } from "../../packages/dual-mode/src/request/feature-names.ts";
import * as gemini from "../../packages/gemini/src/features.ts";
import { models as geminiModels } from "../../packages/gemini/src/models.ts";
import { toThinking as geminiThinking } from "../../packages/gemini/src/thinking.ts";
import * as groq from "../../packages/groq/src/features.ts";
import { models as groqModels } from "../../packages/groq/src/models.ts";
import { toReasoning as groqThinking } from "../../packages/groq/src/thinking.ts";
import * as openai from "../../packages/openai/src/features.ts";
import { models as openaiModels } from "../../packages/openai/src/models.ts";
import { isReasoningModel, toEffort } from "../../packages/openai/src/reasoning-model.ts";
import { cellOf } from "./feature-cell.ts";
import { table } from "./markdown-table.ts";
import { serverTables } from "./server-tables.ts";

/** Models that the provider's rows tell apart, beside those that its package names. */
const otherGemini = [
  ...["gemini-2.0-flash", "gemini-3-pro", "gemini-3-flash", "gemini-3.7-flash"],
  ...["gemini-4", "gemini-4-hydrogen", "gemma-4-31b-it"],
];

/** What the tables are made of: what a provider declares, and what it sends for a level. */
interface Declared {
  readonly name: string;
  readonly models: readonly string[];
  readonly modes: Readonly<Record<string, ModeFeatures>>;
  readonly thinking: (model: string, level: ReasoningLevel) => string;
}

const declared: readonly Declared[] = [
  {
    name: "Claude",
    models: claudeModels,
    modes: { SDK: claude.sdkFeatures, CLI: claude.cliFeatures },
    thinking: (model, level) => {
      const { effort, thinking } = claudeThinking(model, level, 64_000);
      if (thinking?.type === "enabled") return `${thinking.budget_tokens} tokens`;
      return effort ?? thinking?.type ?? "";
    },
  },
  {
    name: "Gemini",
    models: [...geminiModels, ...otherGemini],
    modes: { SDK: gemini.sdkFeatures, CLI: gemini.cliFeatures },
    thinking: (model, level) => {
      const sent = Object.entries(geminiThinking(model, level) ?? {});
      const [name, value] = sent.find(([member]) => member !== "includeThoughts") ?? [];
      return name === "thinkingBudget" ? `${value} tokens` : (value ?? "");
    },
  },
  {
    name: "Groq",
    models: groqModels,
    modes: { SDK: groq.sdkFeatures, CLI: groq.cliFeatures },
    thinking: (model, reasoning) => groqThinking({ model, reasoning }).reasoning_effort ?? "",
  },
  {
    name: "OpenAI",
    models: openaiModels,
    modes: { SDK: openai.sdkFeatures, CLI: openai.cliFeatures },
    thinking: (model, level) => (isReasoningModel(model) ? toEffort(model, level) : ""),
  },
];

const levels = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;

/** Each table of docs/modes.md that is made of what the providers declare, by its mark there. */
export const featureTables: Readonly<Record<string, string>> = {
  features: table(["feature", ...columns().map(([name]) => name)], featureNames.map(featureRow)),
  lacks: table(["provider", "feature", "where", "why"], declared.flatMap(lackRows)),
  reasoning: table(
    ["model", ...levels.map((level) => `\`${level}\``)],
    declared.flatMap(levelRows),
  ),
  ...serverTables,
};

/** A document with each table between its marks: `<!-- table: features -->` and `<!-- end -->`. */
export function withFeatureTables(markdown: string): string {
  return markdown.replace(
    /(<!-- table: (\w+) -->)[\s\S]*?(<!-- end -->)/g,
    (_, begin, name, end) => `${begin}\n\n${featureTables[name]}\n\n${end}`,
  );
}

function columns(): readonly (readonly [string, ModeFeatures, readonly string[]])[] {
  return declared.flatMap(({ name, modes, models }) =>
    Object.entries(modes).map(([mode, features]) => [`${name} ${mode}`, features, models] as const),
  );
}

function featureRow(feature: Feature): readonly string[] {
  return [`\`${feature}\``, ...columns().map(([, features]) => cellOf(feature, features))];
}

function lackRows({ name, models, modes }: Declared): readonly (readonly string[])[] {
  const rows = Object.entries(modes).flatMap(([mode, { lacks = [] }]) =>
    lacks.map((lack) => ({ mode, lack })),
  );
  const distinct = [...new Set(rows.map(({ lack }) => lack))];
  return distinct.map((lack) => {
    const of = rows.filter((row) => row.lack === lack).map(({ mode }) => mode);
    const where = of.length === Object.keys(modes).length ? [] : of;
    const which = lack.models ? [modelsOf(lack.models, models)] : [];
    const features = lack.features.map((feature) => `\`${feature}\``).join(", ");
    return [name, features, [...where, ...which].join(": "), lack.reason];
  });
}

function modelsOf(pattern: RegExp, models: readonly string[]): string {
  const found = models.filter((model) => model.search(pattern) !== -1);
  if (found.length === models.length) return "every model";
  return found.length > 0 ? named(found) : `\`${pattern.source.replaceAll("|", "\\|")}\``;
}

function levelRows({ models, thinking }: Declared): readonly (readonly string[])[] {
  const rows = new Map<string, string[]>();
  for (const model of models) {
    const cells = levels.map((level) => thinking(model, level)).join("|");
    rows.set(cells, [...(rows.get(cells) ?? []), model]);
  }
  return [...rows].map(([cells, found]) => [named(found), ...cells.split("|")]);
}

function named(models: readonly string[]): string {
  const current = models.filter((model) => !/-\d{8}$/.test(model));
  return current.map((model) => `\`${model}\``).join(", ");
}
