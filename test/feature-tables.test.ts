import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { featureTables, withFeatureTables } from "../scripts/docs/feature-tables.ts";

const modes = readFileSync(fileURLToPath(new URL("../docs/modes.md", import.meta.url)), "utf8");

it("docs/modes.md has the tables of what the providers declare", () => {
  for (const [name, table] of Object.entries(featureTables)) {
    expect(modes).toContain(`<!-- table: ${name} -->\n\n${table}\n\n<!-- end -->`);
  }
  expect(withFeatureTables(modes)).toBe(modes);
});

it("a table that is not as the providers declare is made anew", () => {
  const old = "<!-- table: features -->\nold\n<!-- end -->\nrest";
  expect(withFeatureTables(old)).not.toContain("old");
  expect(withFeatureTables(old)).toMatch(/<!-- end -->\nrest$/);
});
