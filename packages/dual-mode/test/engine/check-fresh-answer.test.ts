import { expect, it } from "vitest";
import { checkFreshAnswer } from "../../src/engine/check-fresh-answer.ts";

// BerriAI/litellm#40477, ahmadrosid/nakama#1189: only the vendor's word says why nothing came
it.each([
  [{ vendorReason: "NO_IMAGE" }, "The answer is empty (NO_IMAGE)."],
  [{}, "The answer is empty."],
])("an answer without anything that ended with %j says so", async (told, message) => {
  const parts = [{ type: "start" }, { type: "finish", reason: "other", ...told }] as const;
  await expect(checkFreshAnswer(parts, undefined)).rejects.toMatchObject({
    code: "INVALID_OUTPUT",
    message,
  });
});
