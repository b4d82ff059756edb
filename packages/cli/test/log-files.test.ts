import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { durationOf, sizeOf } from "../src/input/amounts.ts";
import { appendTurn } from "../src/log/append-turn.ts";
import { KnownTurns } from "../src/log/known-turns.ts";
import { lineTo } from "../src/log/line-of-turns.ts";
import { newKey, open, readKey, seal, sealedTo } from "../src/log/seal.ts";
import type { TurnFacts } from "../src/log/turn.ts";

const day = 86_400_000;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acc-log-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const facts = (id: string, after?: string, error?: string): TurnFacts => ({
  ...{ v: 1, id, at: "2026-11-30T00:00:00.000Z", ms: 1 },
  ...(after && { after }),
  ...(error && { error }),
});

describe("the folder of the log", () => {
  const kept = () => readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  const write = (conversation: string, length: number, size: number) =>
    appendTurn(
      folder,
      conversation,
      { facts: facts("t"), sealed: "x".repeat(length) },
      { size, age: day },
    );

  it("never takes more than its size, and loses the oldest first", () => {
    const ids = Array.from({ length: 40 }, (_, index) => `c${String(index).padStart(7, "0")}`);
    for (const [index, id] of ids.entries()) {
      write(id, 3000, 50_000);
      const time = new Date(Date.now() - (ids.length - index) * 1000);
      utimesSync(join(folder, `${id}.jsonl`), time, time);
      expect(kept().length * 3000).toBeLessThanOrEqual(50_000);
    }
    expect(kept().length).toBeGreaterThan(10);
    expect(kept()).toEqual(ids.slice(-kept().length).map((id) => `${id}.jsonl`));
  });

  it("keeps the one that is written, whatever its size", () => {
    write("aaaaaaaa", 9000, 5000);
    expect(kept()).toEqual(["aaaaaaaa.jsonl"]);
  });

  it("loses what is older than its age, also where it has room", () => {
    write("aaaaaaaa", 10, 1_000_000);
    const old = new Date(Date.now() - 2 * day);
    utimesSync(join(folder, "aaaaaaaa.jsonl"), old, old);
    utimesSync(join(folder, "looked"), old, old);
    writeFileSync(join(folder, "of-somebody-else.txt"), "");
    write("bbbbbbbb", 10, 1_000_000);
    expect(kept()).toEqual(["bbbbbbbb.jsonl"]);
    expect(existsSync(join(folder, "of-somebody-else.txt"))).toBe(true);
  });
});

describe("a sealed text", () => {
  it("opens by the key that the store has, and by no other", () => {
    const key = readKey(newKey().privateKey);
    const sealed = seal(key, "Grüße", "beside");
    expect(sealedTo(sealed)).toBe(key.id);
    expect(open(key, sealed, "beside")).toBe("Grüße");
    expect(() => open(newKey(), sealed, "beside")).toThrow();
    expect(seal(key, "Grüße", "beside")).not.toBe(sealed);
  });

  it("does not open where a byte of it, or of what stands beside it, was changed", () => {
    const key = newKey();
    const sealed = seal(key, "text", "beside");
    expect(() => open(key, sealed, "otherwise")).toThrow();
    const [id, from, rest = ""] = sealed.split(".");
    const bytes = Buffer.from(rest, "base64url");
    bytes[14] = (bytes[14] ?? 0) ^ 1;
    expect(() => open(key, [id, from, bytes.toString("base64url")].join("."), "beside")).toThrow();
  });
});

describe("the turns of a conversation", () => {
  const question = (content: string) => ({ role: "user", content }) as const;
  const answer = (content: string) => ({ role: "assistant", content }) as const;

  it("go on from the one whose every word they begin with", () => {
    const known = new KnownTurns();
    const whole = [
      question("a"),
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "hm" },
          { type: "text", text: "b" },
        ],
      },
    ] as const;
    known.add("one", whole);
    known.add("two", [question("a"), answer("b"), question("c"), answer("d")]);
    expect(known.before([question("a"), answer("b"), question("x")])).toEqual({
      after: "one",
      fresh: [question("x")],
    });
    const retried = [question("a"), answer("b"), question("c"), answer("other")];
    expect(known.before(retried)).toMatchObject({ after: "one", fresh: retried.slice(2) });
    expect(known.before([question("else")])).toEqual({ fresh: [question("else")] });
  });

  it("stand at the last answer, without what failed or was left on another line", () => {
    const turns = [
      facts("a"),
      facts("b", "a"),
      facts("c", "b", "TIMEOUT"),
      facts("d", "a"),
      facts("e", "d", "ABORTED"),
    ].map((each) => ({ facts: each }));
    expect(lineTo(turns).map((turn) => turn.facts.id)).toEqual(["a", "d"]);
    expect(lineTo([{ facts: facts("a", "a") }])).toHaveLength(1);
    expect(lineTo([{ facts: facts("a", undefined, "TIMEOUT") }])).toEqual([]);
  });
});

describe("an amount in the settings", () => {
  it.each([
    ["30d", 30 * day],
    ["1.5h", 5_400_000],
    ["20", 20_000],
    ["bla", undefined],
    ["0d", undefined],
    ["-1d", undefined],
  ])("is a time: %s", (text, milliseconds) => {
    expect(durationOf(text)).toBe(milliseconds);
  });

  it.each([
    ["50MB", 50_000_000],
    ["1 GB", 1_000_000_000],
    ["500kb", 500_000],
    ["20", 20_000_000],
    ["10d", undefined],
  ])("is a size: %s", (text, bytes) => {
    expect(sizeOf(text)).toBe(bytes);
  });
});
