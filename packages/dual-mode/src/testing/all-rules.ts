import type { Rule } from "./rule.ts";
import { answerRules } from "./rules/answer-rules.ts";
import { batchRules } from "./rules/batch-rules.ts";
import { blameRules } from "./rules/blame-rules.ts";
import { commandRules } from "./rules/command-rules.ts";
import { endingRules } from "./rules/ending-rules.ts";
import { failureRules } from "./rules/failure-rules.ts";
import { featureRules } from "./rules/feature-rules.ts";
import { foreignRules } from "./rules/foreign-rules.ts";
import { historyRules } from "./rules/history-rules.ts";
import { keyRules } from "./rules/key-rules.ts";
import { mannersRules } from "./rules/manners-rules.ts";
import { mediaRules } from "./rules/media-rules.ts";
import { missingModeRules } from "./rules/missing-mode-rules.ts";
import { modelRules } from "./rules/model-rules.ts";
import { noAnswerRules } from "./rules/no-answer-rules.ts";
import { outputRules } from "./rules/output-rules.ts";
import { outsideRules } from "./rules/outside-rules.ts";
import { toldRules } from "./rules/told-rules.ts";
import { waitingRules } from "./rules/waiting-rules.ts";
import { wayOutRules } from "./rules/way-out-rules.ts";

/** All rules that a provider must keep. */
export const allRules: readonly Rule[] = [
  ...answerRules,
  ...toldRules,
  ...featureRules,
  ...historyRules,
  ...mediaRules,
  ...failureRules,
  ...blameRules,
  ...noAnswerRules,
  ...foreignRules,
  ...endingRules,
  ...mannersRules,
  ...keyRules,
  ...wayOutRules,
  ...missingModeRules,
  ...modelRules,
  ...batchRules,
  ...commandRules,
  ...outputRules,
  ...outsideRules,
  ...waitingRules,
];
