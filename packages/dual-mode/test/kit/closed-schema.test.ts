import { describe, expect, it } from "vitest";
import { closedSchema } from "../../src/kit/closed-schema.ts";

const rules = { who: "Somebody", at: "request.schema" };
const open = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const shut = (properties: object, more: object = {}) => ({
  ...open(properties, more),
  additionalProperties: false,
});

describe("closedSchema", () => {
  // vercel/ai#20681, strands-agents/harness-sdk#2210: nested objects are refused too.
  it.each([
    [open({}), shut({})],
    [open({ a: open({}) }), shut({ a: shut({}) })],
    [
      { type: "array", items: open({}) },
      { type: "array", items: shut({}) },
    ],
    [{ anyOf: [open({}), { type: "null" }] }, { anyOf: [shut({}), { type: "null" }] }],
    [
      { type: ["object", "null"], properties: {} },
      { type: ["object", "null"], properties: {}, additionalProperties: false },
    ],
    [
      { $defs: { a: open({}) }, $ref: "#/$defs/a" },
      { $defs: { a: shut({}) }, $ref: "#/$defs/a" },
    ],
    [open({ properties: { type: "string" } }), shut({ properties: { type: "string" } })],
    [{ enum: [{ type: "object" }] }, { enum: [{ type: "object" }] }],
    [shut({}), shut({})],
  ])("closes %j", (schema, closed) => {
    expect(closedSchema(schema, rules)).toEqual(closed);
  });

  it.each([true, { type: "string" }])("refuses what is open on purpose: %j", (rest) => {
    const inner = { type: "object", additionalProperties: rest };
    expect(() => closedSchema(open({ map: { anyOf: [inner] } }), rules)).toThrow(
      expect.objectContaining({
        code: "UNSUPPORTED_FEATURE",
        message: expect.stringContaining("request.schema.properties.map.anyOf[0] has other"),
      }),
    );
  });

  it("refuses a property that may be left out, where each must be there", () => {
    const strict = { ...rules, everyRequired: true };
    const properties = { a: { type: "string" }, b: { type: "string" } };
    const schema = open(properties, { required: ["a"] });
    expect(() => closedSchema(schema, strict)).toThrow(/request.schema may be without "b"/);
    expect(closedSchema(open(properties, { required: ["a", "b"] }), strict)).toBeTruthy();
  });
});
