import type { Code } from "../contract/code.ts";
import type { BaseUrl } from "../credentials/resolve-base-url.ts";
import { shownUrl } from "../credentials/shown-url.ts";
import type { DualModeError } from "../error.ts";
import { withDetails } from "../with-details.ts";

/** What the engine knows in addition to a mode: models that are known, and where the call went. */
interface Known {
  readonly models: readonly string[] | undefined;
  readonly baseUrl: BaseUrl | undefined;
}

/** The error with a fix that names what the mode cannot know. */
export function withFix(error: DualModeError, known: Known): DualModeError {
  const fix = fixOf(error, known);
  return fix === error.fix ? error : withDetails(error, { fix });
}

/** Some CLIs take a path that is not there for a model that is not there. */
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
    words.push("Look for a proxy between: no base URL is set.");
  }
  return words.length === 0 ? undefined : words.join(" ");
}
