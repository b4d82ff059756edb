import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../dependency-rule/workspace.ts";

const folder = join(root, "examples/ai-sdk");
const readme = readFileSync(join(root, "packages/ai-sdk/README.md"), "utf8");

/** `pnpm examples` runs each; the document shows it without the line that says what it is. */
test.each(readdirSync(folder))("the README shows %s as it is run", (file) => {
  const program = readFileSync(join(folder, file), "utf8");
  expect(readme).toContain(program.slice(program.indexOf("\n") + 1).trimEnd());
});
