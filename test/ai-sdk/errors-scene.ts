import { createClaude } from "@acc/claude";
import type { ClientOptions } from "@acc/dual-mode";
import { expect } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import { openStream, refuses } from "../../scripts/vendor-answers.ts";
import { claudeEvents } from "./claude-answers.ts";
import { sdkAt, serve } from "./stage.ts";
import type { versions } from "./versions.ts";

export const overloaded = refuses("claude", 529, {
  type: "overloaded_error",
  message: "Overloaded",
});

export const overloadedSoonOver = refuses(
  "claude",
  529,
  { message: "Wait" },
  { "retry-after-ms": "20" },
);

export const limited = (headers: Readonly<Record<string, string>> = {}) =>
  refuses("claude", 429, { type: "rate_limit_error", message: "Slow down" }, headers);

/** Answers as far as the second piece of text, and then nothing more, or the end of the line. */
export const halts =
  (cut: boolean): Answer =>
  (response) => {
    openStream(response);
    response.write(
      claudeEvents([{ text: "Half of it all." }])
        .slice(0, 4)
        .join(""),
    );
    if (cut) setTimeout(() => response.destroy(), 20);
  };

type CreateAcc = (typeof versions)[number]["createAcc"];

/** Models of a client whose server gives this answer. */
export const modelsOf =
  (createAcc: CreateAcc) =>
  async (answer: Answer, options: ClientOptions = {}) => {
    const server = await serve(answer);
    const client = createClaude({ ...sdkAt(server), ...options });
    return { server, model: createAcc({ claude: client })("claude") };
  };

export const failureOf = async (
  call: () => PromiseLike<unknown>,
): Promise<Record<string, unknown>> =>
  Promise.resolve(call()).then(
    () => expect.unreachable("It did not fail."),
    (error) => error,
  );
