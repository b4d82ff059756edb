import { describe, expect, it } from "vitest";
import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import type { ModeFeatures } from "../../src/contract/provider.ts";
import { missingFeatures } from "../../src/engine/missing-features.ts";

const asked: CanonicalRequest = { model: "model-1", messages: [] };
const tools = [{ name: "look", inputSchema: {} }];

const features: ModeFeatures = {
  supports: ["tools", "toolChoice", "reasoning", "schema"],
  lacks: [
    { features: ["topK"], reason: "Nobody has it." },
    // With the state of a pattern, every second look would find nothing.
    { features: ["reasoning"], models: /model-[12]/g, reason: "It does not think." },
    {
      features: ["schema"],
      when: (request) => request.tools !== undefined,
      reason: "Not beside tools.",
    },
    {
      features: ["toolChoice"],
      models: /-2$/,
      when: ({ toolChoice }) => toolChoice !== "none",
      reason: "It cannot be forced.",
    },
  ],
};

describe("missingFeatures", () => {
  it.each<[string, Partial<CanonicalRequest>, object[]]>([
    ["nothing of what is supported", { tools }, []],
    ["with the mode's reason", { topK: 3 }, [{ feature: "topK", reason: "Nobody has it." }]],
    ["without a reason where none is told", { seed: 1 }, [{ feature: "seed" }]],
    [
      "what the request's model lacks",
      { reasoning: "low" },
      [{ feature: "reasoning", reason: "It does not think." }],
    ],
    ["nothing of what another model lacks", { model: "model-3", reasoning: "low" }, []],
    ["nothing of what only goes together", { schema: {} }, []],
    [
      "what does not go together",
      { schema: {}, tools },
      [{ feature: "schema", reason: "Not beside tools." }],
    ],
    [
      "what one model refuses of some requests",
      { model: "model-2", tools, toolChoice: "required" },
      [{ feature: "toolChoice", reason: "It cannot be forced." }],
    ],
    ["nothing of its other requests", { model: "model-2", tools, toolChoice: "none" }, []],
  ])("tells %s", (_what, members, missing) => {
    for (const _again of [1, 2, 3]) {
      expect(missingFeatures(features, { ...asked, ...members })).toEqual(missing);
    }
  });
});
