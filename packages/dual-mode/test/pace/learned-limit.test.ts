import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../scripts/stress-engine/random.ts";
import { PlayedLimit, type Shape } from "../../../../test/played/played-limit.ts";
import { LearnedLimit } from "../../src/pace/learned-limit.ts";

interface Scene {
  readonly shape: Shape;
  readonly limit: number;
  readonly interval: number;
  /** What the vendor says to wait; by default the truth. */
  readonly named?: (truth: number) => number | undefined;
  readonly random?: () => number;
  /** Milliseconds to the vendor, and back. @default 2.5 */
  readonly way?: () => number;
}

interface Step {
  readonly at: number;
  readonly window: number;
  /** The vendor's answer on its way back; absent while the call is on its way to the vendor. */
  readonly answer?: { readonly ok: boolean; readonly wait: number | undefined };
}

/** Lets `calls` calls go that all came at once, each until it got through, on a clock of its own. */
function lets(calls: number, { shape, limit, interval, named, random, way = () => 2.5 }: Scene) {
  const learned = new LearnedLimit(random ?? (() => 0.5));
  const vendor = new PlayedLimit(shape, limit, interval);
  const steps: Step[] = [];
  const plan = (step: Step) => {
    const after = steps.findIndex(({ at }) => at > step.at);
    steps.splice(after === -1 ? steps.length : after, 0, step);
  };
  let [now, waiting, done, refused] = [0, calls, 0, 0];
  const answered = (window: number, { ok, wait }: NonNullable<Step["answer"]>) => {
    if (ok) {
      done += 1;
      learned.admitted(window, now);
    } else {
      refused += 1;
      waiting += 1;
      learned.refused(window, wait, now);
    }
  };
  while (done < calls) {
    while (waiting > 0 && learned.readyAt(now) <= now) {
      waiting -= 1;
      plan({ at: now + way(), window: learned.release(now) });
    }
    const ready = waiting > 0 ? learned.readyAt(now) : Number.POSITIVE_INFINITY;
    const [step] = steps;
    now = Math.min(ready, step?.at ?? Number.POSITIVE_INFINITY);
    if (step === undefined || step.at > now) continue;
    steps.shift();
    const { window, answer } = step;
    if (answer !== undefined) answered(window, answer);
    else {
      const ok = vendor.takes(now);
      const truth = vendor.wait(now);
      const wait = named === undefined ? truth : named(truth);
      plan({ at: now + way(), window, answer: { ok, wait } });
    }
  }
  return { ms: now, refused };
}

const aSecond = () => 1_000;

describe.each(["bucket", "window"] as const)("200 calls against a %s of 20 a second", (shape) => {
  const scene = { shape, limit: 20, interval: 1_000 };
  /** The first 20 at once, the others 20 a second: the tenth lot goes after nine seconds. */
  const floor = 9_000;

  it("take hardly longer than it asks for, with Retry-After of a whole second", () => {
    const { ms, refused } = lets(200, { ...scene, named: aSecond });
    expect(ms).toBeLessThan(floor * 1.1);
    // Those of the first moment, and one each time that the limit is tried at its edge.
    expect(refused).toBeLessThan(190);
  });

  it("take hardly longer than it asks for, with Retry-After to the millisecond", () => {
    expect(lets(200, scene).ms).toBeLessThan(floor * 1.1);
  });

  it("find the pace where nothing is said", () => {
    const { ms } = lets(200, { ...scene, named: () => undefined });
    expect(ms).toBeLessThan(floor * 2);
  });

  it("find the pace where the wait that is named is none", () => {
    const { ms, refused } = lets(200, { ...scene, named: () => 0 });
    expect(ms).toBeLessThan(floor * 2);
    expect(refused).toBeLessThan(1_500);
  });

  it("lose little where the way to the vendor is now short, now long", () => {
    const times = Array.from({ length: 40 }, (_, seed) => {
      const random = seededRandom(seed);
      const way = () => 1 + random() * (random() < 0.02 ? 100 : 10);
      return lets(200, { ...scene, named: aSecond, random, way }).ms;
    });
    times.sort((one, other) => one - other);
    expect(times[20]).toBeLessThan(floor * 1.1);
    expect(times.at(-1)).toBeLessThan(floor * 1.4);
  });

  it("are as many when each vendor's wait is shaken to the full", () => {
    expect(lets(200, { ...scene, named: aSecond, random: () => 0.999 }).ms).toBeLessThan(9_900);
  });
});

describe("a window of a second", () => {
  it("is a second long however late in it the vendor says to wait for a whole one", () => {
    const learned = new LearnedLimit(() => 0);
    const window = learned.release(0);
    learned.admitted(window, 12);
    for (let at = 20; at < 400; at += 20) learned.admitted(learned.release(at), at + 12);
    learned.refused(learned.release(400), 1_000, 412);
    expect(learned.period).toBe(1_000);
  });

  it("is taken to begin when its first call is known to have arrived, if that is soon", () => {
    for (const [way, slack] of [
      [4, 10],
      [40, 40],
      [400, 50],
    ] as const) {
      const learned = new LearnedLimit(() => 0);
      learned.admitted(learned.release(0), 1);
      learned.refused(learned.release(0), 1_000, 1);
      const window = learned.release(1_001);
      learned.admitted(window, 1_001 + way);
      expect(learned.readyAt(1_500)).toBe(1_001 + 1_000 + slack);
    }
  });
});

describe("a limit of 60 a minute", () => {
  const scene = { shape: "window", limit: 60, interval: 60_000 } as const;

  it("is waited for a minute long, not a second, though the vendor says a second", () => {
    const { ms, refused } = lets(180, { ...scene, named: aSecond });
    expect(ms).toBeLessThan(60_000 * 2 * 1.25);
    expect(refused).toBeLessThan(360);
  });

  it("is found where the vendor says nothing, with few calls that are refused", () => {
    const { ms, refused } = lets(180, { ...scene, named: () => undefined });
    expect(ms).toBeLessThan(60_000 * 2 * 1.6);
    expect(refused).toBeLessThan(200);
  });

  it("is kept in the next minute too, when the first refusal came late in one", () => {
    const learned = new LearnedLimit(() => 0);
    const vendor = new PlayedLimit("window", 60, 60_000);
    let now = 0;
    for (; vendor.takes(now); now += 700) learned.admitted(learned.release(now), now);
    learned.refused(learned.release(now), vendor.wait(now), now);
    expect(learned.limit).toBe(60);
    expect(learned.readyAt(now)).toBeCloseTo(60_000, -2);
    expect(learned.period).toBeGreaterThan(55_000);
  });
});

describe("a limit that changes", () => {
  it("is used to the full again soon after it was raised", () => {
    const learned = new LearnedLimit(() => 0);
    learned.refused(learned.release(0), 100, 1);
    let [now, let_go, windows] = [200, 0, 0];
    for (; let_go < 500; windows += 1) {
      let_go = 0;
      const end = now + 101;
      for (; learned.readyAt(now) < end; now = Math.max(now, learned.readyAt(now))) {
        if (learned.readyAt(now) > now) continue;
        learned.admitted(learned.release(now), now);
        let_go += 1;
      }
      now = end;
    }
    expect(windows).toBeLessThan(20);
  });

  it("goes down to what got through", () => {
    const learned = new LearnedLimit(() => 0);
    const first = Array.from({ length: 20 }, () => learned.release(0));
    for (const window of first.slice(10)) learned.refused(window, 1_000, 10);
    expect(learned.limit).toBe(10);
    const at = learned.readyAt(11);
    expect(at).toBeGreaterThanOrEqual(1_010);
    const next = learned.release(at);
    learned.refused(next, 1_000, at + 10);
    // Nothing got through: how many is not told by that, only that the time was not over.
    expect(learned.limit).toBe(10);
    expect(learned.readyAt(at + 2_000)).toBeLessThanOrEqual(at + 2_000);
  });

  it("sends one call to see, after nothing got through, and the others when it did", () => {
    const learned = new LearnedLimit(() => 0);
    learned.refused(learned.release(0), undefined, 0);
    const at = learned.readyAt(0);
    expect(at).toBe(1_000);
    const scout = learned.release(at);
    expect(learned.readyAt(at)).toBe(Number.POSITIVE_INFINITY);
    learned.untold(scout);
    expect(learned.readyAt(at)).toBe(at);
    const second = learned.release(at);
    learned.admitted(second, at + 1);
    expect(learned.readyAt(at + 1)).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});

it("a refusal of a call that went in an earlier window changes nothing", () => {
  const learned = new LearnedLimit(() => 0);
  const [early, late] = [learned.release(0), learned.release(0)];
  learned.refused(early, 100, 1);
  learned.release(150);
  const before = learned.blockedUntil;
  learned.refused(late, 60_000, 160);
  expect(learned.blockedUntil).toBe(before);
});

it("no wait that a vendor names lasts longer than a day (openclaw/clawhub#407)", () => {
  const learned = new LearnedLimit(() => 1);
  learned.refused(learned.release(0), 40 * 86_400_000, 0);
  expect(learned.blockedUntil).toBe(86_400_000);
});

it("is forgotten some minutes after the last refusal", () => {
  const learned = new LearnedLimit();
  expect(learned.isForgettable(0)).toBe(true);
  learned.refused(learned.release(0), 1_000, 0);
  expect(learned.isForgettable(1_100)).toBe(false);
  expect(learned.isForgettable(400_000)).toBe(true);
});
