import { createSecret } from "@acc/secrets";
import { describe, expect, test, vi } from "vitest";
import { cpuTime } from "../../../../test/cpu-time.ts";
import { readForeignBody } from "../../src/text/foreign-body.ts";
import {
  foreignBound,
  foreignTail,
  foreignText,
  foreignWindow,
} from "../../src/text/foreign-text.ts";

const key = "sk-outside-0123456789abcdefghijklmnopqrstuvwxyz";
createSecret("outside_api_key", key);

describe("a text from outside", () => {
  test("that is short stays as it is", () => {
    expect(foreignText("Überlastet 🌍")).toBe("Überlastet 🌍");
    expect(foreignTail("Überlastet 🌍")).toBe("Überlastet 🌍");
  });

  test("is cut at its bound, and says so", () => {
    const long = "x".repeat(1_000_000);
    expect(foreignText(long)).toBe(`${"x".repeat(foreignBound)}…`);
    expect(foreignTail(long)).toBe(`…${"x".repeat(foreignBound)}`);
    expect(foreignText("abcdef", 3)).toBe("abc…");
    expect(foreignTail("abcdef", 3)).toBe("…def");
    expect([foreignText("a", 0), foreignTail("a", 0)]).toEqual(["…", "…"]);
  });

  test("is never cut through a character", () => {
    expect(foreignText("ab🌍cd", 3)).toBe("ab…");
    expect(foreignTail("ab🌍cd", 3)).toBe("…cd");
  });

  test("that is not text is told as JSON, or as nothing", () => {
    expect(foreignText({ reason: "busy" })).toBe('{"reason":"busy"}');
    expect(foreignText(undefined)).toBe("");
    expect(foreignText(1n)).toBe("");
    const nested = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(foreignText(nested).length).toBeLessThanOrEqual(foreignBound + 1);
  });

  test("a million characters take no time (litellm#32353)", () => {
    const time = cpuTime(() => {
      for (let round = 0; round < 20; round += 1) foreignText("model ".repeat(1_000_000));
    });
    expect(time).toBeLessThan(2_000);
  });
});

describe("a key is taken out before a text is cut (KiroCrew#5582)", () => {
  const forms: Record<string, string> = {
    raw: key,
    hex: Buffer.from(key).toString("hex"),
    base64: Buffer.from(key).toString("base64"),
  };
  const bounds = [200, foreignBound, foreignWindow];

  test.each(Object.entries(forms))("written as %s, at every place of every cut", (_, form) => {
    for (const bound of bounds) {
      for (let part = 1; part < form.length; part += 1) {
        const before = "-".repeat(bound - part);
        const beginning = foreignText(`${before}${form} and more`, 200);
        const whole = foreignText(`${" ".repeat(bound - part)}${form}${"-".repeat(99)}`);
        const end = foreignTail(`${form}${before}`, 200);
        for (const text of [beginning, whole, end])
          expect(longestPiece(text, form)).toBeLessThan(5);
      }
    }
  });

  test("also where the reader of a body stops", async () => {
    for (let part = 1; part < key.length; part += 1) {
      const text = `${" ".repeat(foreignWindow - part)}${key}${"x".repeat(1_000)}`;
      const body = await readForeignBody(pieces(Buffer.from(text)));
      expect(longestPiece(body, key)).toBe(0);
    }
  });

  test("and where a body stands still it is left after a while (openclaw#95108)", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const left = vi.fn();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from(`slow down, ${key.slice(0, 20)}`)),
      cancel: left,
    });
    const read = readForeignBody(body);
    await vi.advanceTimersByTimeAsync(5_001);
    expect(await read).toBe("slow down, ");
    expect(left).toHaveBeenCalled();
    vi.useRealTimers();
  });

  test("and where a body breaks off", async () => {
    const body = await readForeignBody(pieces(Buffer.from(`key ${key.slice(0, 30)}`), true));
    expect(body).toBe("key ");
  });
});

function pieces(bytes: Uint8Array, breaks = false): ReadableStream<Uint8Array> {
  return ReadableStream.from(chunks(bytes, breaks));
}

async function* chunks(bytes: Uint8Array, breaks: boolean): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
  if (breaks) throw new Error("broke off");
}

/** The longest piece of `form` that is still in the text. */
function longestPiece(text: string, form: string): number {
  let longest = 0;
  for (let at = 0; at < form.length; at += 1) {
    while (at + longest < form.length && text.includes(form.slice(at, at + longest + 1))) {
      longest += 1;
    }
  }
  return longest;
}
