import { describe, expect, it } from "vitest";
import { Recent } from "../../src/page/recent.ts";
import { aCall } from "./page-server.ts";

const start = Date.UTC(2026, 0, 1);

describe("the minutes of a day", () => {
  it("count hits, joins, misses, failures by their code, and money", () => {
    const recent = new Recent(10, ({ inputTokens = 0 }) => inputTokens / 1_000);
    const { costUsd: _, ...free } = aCall({ at: start });
    recent.add(aCall({ at: start, costUsd: 0.25 }));
    recent.add({ ...free, cached: true, usage: { inputTokens: 500, outputTokens: 1 } });
    recent.add({ ...free, cached: false, joined: true, usage: { cost: 0.125 } });
    recent.add(aCall({ at: start, status: 429, code: "RATE_LIMITED", costUsd: 0 }));
    recent.add(aCall({ at: start, status: 429, code: "RATE_LIMITED", costUsd: 0 }));
    recent.add(aCall({ at: start, status: 500, costUsd: 0 }));
    expect(recent.minutes.list(start)).toEqual([
      {
        minute: start / 60_000,
        hits: 1,
        joined: 1,
        misses: 1,
        failures: { RATE_LIMITED: 2, HTTP_500: 1 },
        spentUsd: 0.25,
        savedUsd: 0.625,
        tokens: 168 * 4,
      },
    ]);
  });

  it("are those of the last day, however long a server runs", () => {
    const recent = new Recent(10, undefined);
    for (let minute = 0; minute < 3 * 1440; minute++) {
      recent.add(aCall({ at: start + minute * 60_000, ms: 0 }));
    }
    const last = start + (3 * 1440 - 1) * 60_000;
    const minutes = recent.minutes.list(last);
    expect(minutes).toHaveLength(1440);
    expect(minutes.at(-1)?.minute).toBe(last / 60_000);
    expect(recent.minutes.list(last + 86_400_000)).toEqual([]);
  });

  it("tell a bounded number of codes apart", () => {
    const recent = new Recent(10, undefined);
    for (let index = 0; index < 100; index++) {
      recent.add(aCall({ at: start, status: 500, code: `CODE_${index}` }));
    }
    const [minute] = recent.minutes.list(start);
    expect(Object.keys(minute?.failures ?? {})).toHaveLength(33);
    expect(minute?.failures.OTHER).toBe(68);
  });

  it("take a code for a name alone", () => {
    const recent = new Recent(10, undefined);
    recent.add(aCall({ at: start, status: 500, code: "__proto__" }));
    const [minute] = recent.minutes.list(start);
    expect(JSON.stringify(minute?.failures)).toBe('{"__proto__":1}');
  });
});

it("keeps the last calls alone", () => {
  const recent = new Recent(3, undefined);
  for (let index = 0; index < 20; index++) recent.add(aCall({ id: `call-${index}` }));
  expect(recent.calls.last().map(({ id }) => id)).toEqual(["call-17", "call-18", "call-19"]);
});
