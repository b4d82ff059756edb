import { expect, it } from "vitest";
import { presetNames } from "../src/providers/preset-names.ts";
import { presets } from "../src/providers/presets.ts";

it("every preset of @acc/openai/compatible is a provider by its id", async () => {
  const { createCompatible: _, azureOpenAI, ...rest } = await import("@acc/openai/compatible");
  const exported = [...Object.values(rest), azureOpenAI("resource")].map(({ id }) => id);
  expect([...presetNames].sort()).toEqual(exported.sort());
  expect(presets.map(({ id }) => id)).toEqual(presetNames);
});
