import { describe, expect, it } from "vitest";
import { withVendorMembers } from "../../src/kit/vendor-members.ts";

const rules = { provider: "one", fixed: ["model", "config.count"] };
const body = { model: "m", list: [1], config: { kept: 1, inner: { a: 1 } }, absent: undefined };
const lay = (vendor: object) => withVendorMembers(body, vendor as Record<string, unknown>, rules);

describe("withVendorMembers", () => {
  it("gives the body itself where nothing is laid into it", () => {
    expect(withVendorMembers(body, undefined, rules)).toBe(body);
  });

  it("merges objects at every depth, and takes all else as it is", () => {
    const laid = lay({ config: { inner: { b: [2] }, more: null }, absent: 1, own: { x: {} } });
    expect(laid).toEqual({
      ...body,
      config: { kept: 1, inner: { a: 1, b: [2] }, more: null },
      absent: 1,
      own: { x: {} },
    });
    expect(body.config.inner).toEqual({ a: 1 });
  });

  it.each([
    [{ model: "other" }, "request.vendor.one.model: the mode sets it itself."],
    [{ config: { count: 2 } }, "request.vendor.one.config.count: the mode sets it itself."],
    [{ list: [2] }, "request.vendor.one.list: the rest of the request has set it."],
    [{ config: { kept: 1 } }, "request.vendor.one.config.kept: the rest of the request"],
    [{ config: 1 }, "request.vendor.one.config: the rest of the request has set it."],
    [{ list: { 0: 2 } }, "request.vendor.one.list: the rest of the request has set it."],
  ])("refuses %j", (vendor, message) => {
    expect(() => lay(vendor)).toThrow(
      expect.objectContaining({
        code: "INVALID_REQUEST",
        message: expect.stringContaining(message),
      }),
    );
  });

  it.each(['{"__proto__":{"stream":false}}', '{"config":{"__proto__":{"count":2}}}'])(
    "makes no prototype of %s",
    (json) => {
      expect(() => lay(JSON.parse(json))).toThrow(/__proto__: JSON's readers/);
      expect(lay({ constructor: 1, toString: { a: 1 } })).toMatchObject({ constructor: 1 });
      expect(Reflect.get({}, "stream")).toBeUndefined();
    },
  );
});
