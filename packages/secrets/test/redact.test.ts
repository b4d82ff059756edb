import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSecret, redact, redactCut, SecretsError } from "../src/index.ts";
import { liveValues, releaseValue, retainValue } from "../src/live-values.ts";

describe("a Secret shows itself by reveal() alone", () => {
  const value = "sk-live-0123456789";
  const secret = createSecret("some_api_key", value);

  test.each([
    ["String", (): string => String(secret)],
    ["template", (): string => `${secret}`],
    ["concatenation", (): string => `${secret as unknown as string}`],
    ["JSON", (): string => JSON.stringify({ secret })],
    ["inspect", (): string => inspect({ secret }, { showHidden: true, depth: 9 })],
    ["inspect without customs", (): string => inspect(secret, { customInspect: false })],
    ["error", (): string => inspect(new Error("failed", { cause: secret }))],
    ["entries", (): string => JSON.stringify(Object.entries(secret))],
    ["structuredClone", (): string => inspect(structuredClone({ ...secret, itself: { secret } }))],
  ])("%s", (_name, show) => {
    expect(show()).not.toContain(value);
    expect(secret.reveal()).toBe(value);
  });

  test("and the usual ways say [redacted]", () => {
    expect(`${secret}|${String(secret)}|${JSON.stringify(secret)}|${inspect(secret)}`).toBe(
      '[redacted]|[redacted]|"[redacted]"|[redacted]',
    );
  });
});

describe("redact", () => {
  const forms = (value: string): Record<string, string> => ({
    raw: value,
    json: JSON.stringify({ value }),
    url: encodeURIComponent(value),
    form: new URLSearchParams({ value }).toString(),
    base64: Buffer.from(value).toString("base64"),
    "base64 in a header": Buffer.from(`user:${value}`).toString("base64"),
    "base64 in the middle": Buffer.from(`ab${value}cd`).toString("base64"),
    base64url: Buffer.from(value).toString("base64url"),
    hex: Buffer.from(value).toString("hex"),
    HEX: Buffer.from(value).toString("hex").toUpperCase(),
  });

  test("finds a value wherever it begins and ends", () => {
    const value = "k-345678";
    createSecret("placed_api_key", value);
    for (let before = 0; before < 12; before += 1) {
      for (let after = 0; after < 12; after += 1) {
        const text = `${" ".repeat(before)}${value}${" ".repeat(after)}`;
        expect(redact(text), `${before}, ${after}`).toBe(text.replace(value, "[redacted]"));
      }
    }
    expect(redact(`${value}.${value}${value}`)).toBe("[redacted].[redacted]");
  });

  test.each([
    "sk-ant-redact-0001",
    'with "quotes" \\ and /slashes+=&?',
    "ключ-🔑-redact",
    "~~~~????>>>>",
  ])("removes every form of %s", (value) => {
    const texts = forms(value);
    for (const [form, text] of Object.entries(texts)) {
      expect(redact(`before ${text} after`), `${form}, before it is known`).toContain(text);
    }
    const secret = createSecret("redact_api_key", value);
    for (const [form, text] of Object.entries(texts)) {
      const cleaned = redact(`before ${text} after`);
      expect(cleaned, form).toContain("[redacted]");
      expect(cleaned, form).not.toContain(text);
      expect(cleaned, form).toMatch(/^before .* after$/);
    }
    expect(secret.reveal()).toBe(value);
  });

  test("leaves no readable tail where two values overlap", () => {
    const kept = [createSecret("a_key", "overlap-one-two"), createSecret("b_key", "one-two-three")];
    expect(redact("x overlap-one-two-three y")).toBe("x [redacted] y");
    expect(kept).toHaveLength(2);
  });

  test("leaves any text alone in which no value is", () => {
    const secret = createSecret("c_key", "Q9Q9Q9Q9Q9Q9Q9");
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(redact(text)).toBe(text);
      }),
    );
    expect(secret.name).toBe("c_key");
  });

  test("does not touch values of fewer than 8 characters", () => {
    const secret = createSecret("d_key", "seven77");
    expect(redact("it says seven77")).toBe("it says seven77");
    expect(secret.reveal()).toBe("seven77");
  });

  test("forgets released values in time, so that memory does not grow", () => {
    retainValue("released-value-0");
    releaseValue("released-value-0");
    expect(redact("released-value-0")).toBe("[redacted]");
    for (let count = 1; count < 2000; count += 1) {
      retainValue(`released-value-${count}`);
      releaseValue(`released-value-${count}`);
      redact("some text to index by");
    }
    expect(redact("released-value-0")).toBe("released-value-0");
    expect(liveValues().values.size).toBeLessThan(600);
    expect(liveValues().forms.size).toBeLessThan(20_000);
  });

  test("cleans the messages of this package's own errors", () => {
    const secret = createSecret("e_key", "value-in-a-message");
    const error = new SecretsError("NAME_INVALID", "bad: value-in-a-message");
    expect(error.message).toBe("bad: [redacted]");
    expect(SecretsError.is(error)).toBe(true);
    expect(SecretsError.is(new Error("other"))).toBe(false);
    expect(secret.source).toBe("explicit");
  });
});

describe("redactCut leaves no piece of a value at the cut", () => {
  const value = "sk-cut-abab-abab-abac";
  const secret = createSecret("cut_api_key", value);

  test.each(Array.from({ length: value.length - 1 }, (_, at) => at + 1))("of %i", (length) => {
    expect(secret.reveal()).toBe(value);
    expect(redactCut(`said: ${value.slice(0, length)}`, "end")).toBe("said: ");
    expect(redactCut(`${value.slice(-length)}, it said`, "start")).toBe(", it said");
  });

  test("and takes nothing from a text that ends otherwise, nor a whole value for a piece", () => {
    expect(redactCut("said: sk-cut?", "end")).toBe("said: sk-cut?");
    expect(redactCut(`said: ${value}`, "end")).toBe("said: [redacted]");
    expect(redactCut(`${value} it said`, "start")).toBe("[redacted] it said");
  });
});
