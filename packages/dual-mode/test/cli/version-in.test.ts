import { expect, test } from "vitest";
import { versionIn } from "../../src/cli/version-in.ts";

test.each([
  ["2.1.330 (Claude Code)\n", "2.1.330"],
  ["0.61.0", "0.61.0"],
  ["v1.2.3", "1.2.3"],
  ["1.0.0-beta.2+build", "1.0.0-beta.2+build"],
  ["acc-groq 1.4.0", "1.4.0"],
  ["tool version 3.2", "3.2"],
  // Auto-claude-code-research#220: banners of nvm and mise
  ["Now using node v22.1.0 (npm v10.9.0)\n2.1.330 (Claude Code)", "2.1.330"],
  ["Using Node v22.1.0\r\n0.61.0\r\n", "0.61.0"],
  ["mise node@22.1.0 is active\n1.0.0", "1.0.0"],
  ["\u001b]0;claude\u0007\u001b[1m2.1.330\u001b[0m (Claude Code)", "2.1.330"],
  ["\uFEFF0.61.0", "0.61.0"],
  ["2.1.330\n2.2.0 is available: run claude update", "2.1.330"],
  ["Now using node v22.1.0 (npm v10.9.0)", undefined],
  ["No version is set for command claude", undefined],
  ["10 packages are looking for funding", undefined],
  ["", undefined],
])("in %j is %s", (said, version) => {
  expect(versionIn(said)).toBe(version);
});

test("the command's own words tell its line from others that look like one", () => {
  expect(versionIn("22.1.0\n2.1.330 (Claude Code)\n2.2.0", "(Claude Code)")).toBe("2.1.330");
});
