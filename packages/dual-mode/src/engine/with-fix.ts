import type { Code } from "../contract/code.ts";
import type { BaseUrl } from "../credentials/resolve-base-url.ts";
import { shownUrl } from "../credentials/shown-url.ts";
import type { DualModeError } from "../error.ts";
import { withDetails } from "../with-details.ts";

/** Facts that the engine knows in addition to a mode: the known models, and the base URL. */
interface Known {
  readonly models: readonly string[] | undefined;
  readonly baseUrl: BaseUrl | undefined;
}

/** Extends the error's fix with what the mode cannot know. */
export function withFix(error: DualModeError, known: Known): DualModeError {
  const fix = fixOf(error, known);
  return fix === error.fix ? error : withDetails(error, { fix });
}

/**
 * Codes for which the base URL may be wrong: some CLIs report an unknown path as an unknown model.
 */
const mayBeTheAddress: ReadonlySet<Code> = new Set<Code>([
  "WRONG_ADDRESS",
  "NETWORK",
  "MODEL_NOT_FOUND",
]);

function fixOf({ code, fix }: DualModeError, { models = [], baseUrl }: Known): string | undefined {
  const words = fix === undefined ? [] : [fix];
  if (code === "MODEL_NOT_FOUND" && models.length > 0) {
    if (fix === undefined) words.push("Name another model.");
    words.push(`Known models: ${models.join(", ")}.`);
  }
  if (baseUrl !== undefined && mayBeTheAddress.has(code)) {
    const { url, source } = baseUrl;
    const from = source === "option" ? "the option baseUrl" : source.replace(/^env:/, "");
    words.push(`Check the base URL ${shownUrl(url)} (from ${from}).`);
  } else if (code === "WRONG_ADDRESS") {
    words.push("No base URL is set, so look for a proxy in between.");
  }
  return words.length === 0 ? undefined : words.join(" ");
}
