import { expect, test } from "vitest";
import type { Attempt } from "../../src/contract/attempt.ts";
import { toldAttempts } from "../../src/engine/told-attempts.ts";

const attempt = (route: string, reason: string, fix?: string): Attempt => {
  const [provider = "", mode, credential = "none"] = route.split(" ");
  const known = { provider, mode: mode as "cli" | "sdk", credential, model: "m" };
  return { ...known, code: "NETWORK", reason, ms: 1, ...(fix && { fix }) };
};

test("a failure is told once, with every route that ended so and how often", () => {
  const told = toldAttempts(
    [
      attempt("a sdk key", "It broke.", "Fix it."),
      attempt("a sdk key", "It broke.", "Fix it."),
      attempt("a cli", "It broke otherwise."),
      attempt("b sdk key", "It broke.", "Fix it."),
      attempt("b sdk key", "It broke.", "Fix it in another way."),
    ],
    true,
  );
  expect(told).toEqual([
    "  a sdk with key (2 times), b sdk with key: NETWORK. It broke.\n    → Fix it.",
    "  a cli: NETWORK. It broke otherwise.",
    "  b sdk with key: NETWORK. It broke.\n    → Fix it in another way.",
  ]);
});

test("one route alone is followed by how often it ended so", () => {
  const twice = [attempt("a sdk key", "It broke."), attempt("a sdk key", "It broke.")];
  expect(toldAttempts(twice, false)).toEqual(["  sdk with key: NETWORK (2 times). It broke."]);
});
