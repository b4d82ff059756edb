import type { Plan } from "../plan.ts";
import { createName } from "./names.ts";

/** The source of the tests, which run the conformance suite with its own server and command. */
export function testSource({ id, cli }: Plan): string {
  const create = createName(id);
  return `import { test } from "node:test";
import { testProvider } from "@acc/dual-mode/testing";
import { ${create} } from "../dist/index.js";

testProvider(test, ${create}, { sdk: {}${cli === "" ? "" : ", cli: {}"} });
`;
}
