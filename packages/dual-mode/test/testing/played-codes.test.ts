import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { allRules } from "../../src/testing/all-rules.ts";
import { missingModeRules } from "../../src/testing/rules/missing-mode-rules.ts";
import { brokenProviders } from "./broken-providers.ts";

const document = (name: string) =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), "utf8");
const codesIn = (text: string) =>
  new Set(text.match(/\b[A-Z]+(?:_[A-Z]+)+\b|\b(?:ABORTED|CLOSED|OVERLOADED|NETWORK|TIMEOUT)\b/g));
const rows = (markdown: string) =>
  markdown
    .split("\n")
    .flatMap((line) => /^\| (`[A-Z_]+`(?: `[A-Z_]+`)*) /.exec(line)?.[1] ?? [])
    .join(" ");

it("every code of docs/errors.md is played by a rule, or the guide says why not", () => {
  const features = "UNSUPPORTED_FEATURE";
  const played = codesIn(`${allRules.map(({ name }) => name).join(" ")} ${features}`);
  const excused = codesIn(rows(document("write-a-provider.md")));
  played.delete("SECRET_IN_ANSWER"); // A warning of a reply, no error.
  const codes = codesIn(rows(document("errors.md").split("\n## Secrets\n")[0] ?? ""));
  expect([...played, ...excused].sort()).toEqual([...codes].sort());
});

it("every rule on a mode that is missing has a provider that breaks it", () => {
  const broken = new Set(brokenProviders.map(({ rule }) => rule.slice("sdk: ".length)));
  expect(missingModeRules.filter(({ name }) => !broken.has(name))).toEqual([]);
});
