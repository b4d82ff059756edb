import { expect, it } from "vitest";
import { unfitVersion } from "../../src/cli/unfit-version.ts";

const rules = { oldest: "2.0.9", bad: { "2.1.0": "it hangs" }, fix: "npm install -g example" };

it.each(["2.0.9", "2.0.10", "10.0.0", "2.1.1"])("%s is used", (version) => {
  expect(unfitVersion("/bin/example", version, rules)).toBeUndefined();
});

it.each([
  ["2.0.8", "/bin/example is version 2.0.8; 2.0.9 is the oldest supported version."],
  ["2.1.0", "/bin/example is version 2.1.0; it hangs."],
])("%s is not: %s", (version, reason) => {
  expect(unfitVersion("/bin/example", version, rules)).toEqual({
    available: false,
    code: "CLI_TOO_OLD",
    reason,
    fix: rules.fix,
  });
});

it("a version that is named as a member of every object is no bad one", () => {
  expect(unfitVersion("/bin/example", "constructor", { ...rules, oldest: "" })).toBeUndefined();
});
