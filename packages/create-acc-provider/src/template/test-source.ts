import type { Plan } from "../plan.ts";
import { createName } from "./names.ts";

/** The rules that every provider keeps, against the server that the suite brings. */
export function testSource({ id }: Plan): string {
  const create = createName(id);
  return `import { test } from "node:test";
import { testProvider } from "@acc/dual-mode/testing";
import { ${create} } from "../dist/index.js";

testProvider(test, ${create}, { sdk: {} });
`;
}
