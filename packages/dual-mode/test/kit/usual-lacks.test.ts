import { expect, it } from "vitest";
import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import { missingFeatures } from "../../src/engine/missing-features.ts";
import { forcesCall, thinksNot } from "../../src/kit/usual-lacks.ts";

const asked: CanonicalRequest = { model: "model-1", messages: [] };

it.each([
  ["model-1", "low", ["reasoning"]],
  ["model-1", "none", []],
  ["model-2", "low", []],
] as const)(
  "a model that does not think, %s, takes the level %s but for %j",
  (model, reasoning, missing) => {
    const mode = { supports: ["reasoning"], lacks: [thinksNot(/-1$/)] } as const;
    const found = missingFeatures(mode, { ...asked, model, reasoning });
    expect(found.map(({ feature }) => feature)).toEqual(missing);
  },
);

it.each([
  [undefined, false],
  ["none", false],
  ["required", true],
  [{ tool: "now" }, true],
] as const)("the choice %j forces a call: %j", (toolChoice, forced) => {
  expect(forcesCall({ ...asked, ...(toolChoice && { toolChoice }) })).toBe(forced);
});
