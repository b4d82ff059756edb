import { expect, it } from "vitest";
import type { ModeFeatures } from "../../src/contract/provider.ts";
import { says, scripted } from "../scripted-provider.ts";

const lacks: ModeFeatures["lacks"] = [
  { features: ["reasoning"], models: /small/, reason: "The small models do not think." },
];
const features: ModeFeatures = { supports: ["reasoning", "json", "vendor"], lacks };
const messages = [{ role: "user", content: "hi" }] as const;

it("skips a mode for what the request's model lacks, and says why", async () => {
  const { client, ran } = scripted({ sdk: { scripts: [says("ok")], ...features } });
  const call = client.chat({ messages, model: "small-1", reasoning: "low" });
  await expect(call).rejects.toMatchObject({
    code: "UNSUPPORTED_FEATURE",
    message: expect.stringContaining("The small models do not think."),
  });
  expect(ran).toHaveLength(0);
});

it("asks another model of the same mode, and this one where the caller is lenient", async () => {
  const { client, ran } = scripted({ sdk: { scripts: [says("ok"), says("ok")], ...features } });
  const asked = { messages, reasoning: "low" } as const;
  expect(await client.chat({ ...asked, model: "large-1" })).toMatchObject({ warnings: [] });
  const reply = await client.chat({ ...asked, model: "small-1" }, { lenient: ["reasoning"] });
  expect(reply.warnings).toMatchObject([{ code: "FEATURE_IGNORED", features: ["reasoning"] }]);
  expect(ran).toHaveLength(2);
});

it("gives JSON of no schema as the reply's object, and takes nothing else for an answer", async () => {
  const scripts = [says('{"a":1}'), says("no JSON")];
  const { client } = scripted({ sdk: { scripts, ...features } }, { retry: 0 });
  expect(await client.chat({ messages, json: true })).toMatchObject({ object: { a: 1 } });
  await expect(client.chat({ messages, json: true })).rejects.toMatchObject({
    attempts: [{ code: "INVALID_OUTPUT", reason: expect.stringContaining("is not JSON") }],
  });
});

it("takes any text where JSON may be left out", async () => {
  const { client } = scripted({ sdk: { scripts: [says("no JSON")], supports: [] } });
  const reply = await client.chat({ messages, json: true }, { lenient: true });
  expect(reply).not.toHaveProperty("object");
});

it("needs nothing for members of other vendors, or for none", async () => {
  const { client } = scripted({ sdk: { scripts: [says("ok"), says("ok")], supports: [] } });
  const vendor = { other: { a: 1 }, [client.provider]: {} };
  expect((await client.chat({ messages, vendor })).text).toBe("ok");
});
