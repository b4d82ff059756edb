import type { Plan } from "../plan.ts";
import { createName } from "./names.ts";

/** The rules that every provider keeps, against the server and the command that the suite brings. */
export function testSource({ id, cli }: Plan): string {
  const create = createName(id);
  return `import { test } from "node:test";
import { testProvider } from "@acc/dual-mode/testing";
import { ${create} } from "../dist/index.js";

testProvider(test, ${create}, { sdk: {}${cli === "" ? "" : ", cli: {}"} });
`;
}
