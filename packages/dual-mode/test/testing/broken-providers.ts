import type { Broken } from "./broken.ts";
import { brokenAnswers } from "./broken-answers.ts";
import { brokenCalls } from "./broken-calls.ts";
import { brokenCommands } from "./broken-commands.ts";
import { brokenLists } from "./broken-lists.ts";
import { brokenRefusals } from "./broken-refusals.ts";
import { brokenRequests } from "./broken-requests.ts";
import { brokenWayOut } from "./broken-way-out.ts";

export const brokenProviders: readonly Broken[] = [
  ...brokenAnswers,
  ...brokenRequests,
  ...brokenRefusals,
  ...brokenCalls,
  ...brokenLists,
  ...brokenCommands,
  ...brokenWayOut,
];
