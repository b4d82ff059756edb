import type { RunContext } from "@acc/dual-mode/provider";
import { describe } from "vitest";
import { dataEvent } from "../../../scripts/vendor-answers.ts";
import { runContext } from "../../../test/played/run-context.ts";
import { plainRequest } from "../../../test/played/sample-request.ts";
import type { GeminiOptions } from "../src/options.ts";

export const request = plainRequest("gemini-2.5-flash");

type SdkName = NonNullable<GeminiOptions["sdk"]>;
type ContextOf = (url: string) => RunContext<GeminiOptions>;

/** The same tests through each of Google's packages. */
export function throughEachSdk(tests: (context: ContextOf, sdkName: SdkName) => void): void {
  describe.each(["generative-ai", "genai"] as const)("through @google/%s", (sdk) => {
    tests((url) => ({ ...runContext(url), options: { sdk } }), sdk);
  });
}

/** An event of a stream. */
export function chunk(parts: readonly object[], finishReason: string, more: object = {}): string {
  return dataEvent({ candidates: [{ content: { role: "model", parts }, finishReason }], ...more });
}
