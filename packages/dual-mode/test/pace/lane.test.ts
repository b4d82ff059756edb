import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Bounds } from "../../src/pace/bounds.ts";
import { Lane } from "../../src/pace/lane.ts";
import type { Asker, Pass } from "../../src/pace/pass.ts";

const free: Bounds = { concurrency: undefined, rate: undefined };
let tickets = 0;

const asker = (given: Partial<Asker> = {}): Asker => {
  tickets += 1;
  const { signal } = new AbortController();
  return { model: "m", ticket: tickets, deadline: 600_000, signal, elsewhere: false, ...given };
};

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A lane whose vendor has just refused a call, and wants none for a second. */
function limited(): Lane {
  const lane = new Lane();
  (lane.enter(asker(), free) as Pass).end({ refused: { wait: 1_000 } });
  return lane;
}

describe("a lane that nothing holds", () => {
  it("lets a call go without a promise, and has no timer", () => {
    const lane = new Lane();
    const pass = lane.enter(asker(), free);
    expect(pass).not.toBeInstanceOf(Promise);
    (pass as Pass).end({});
    expect(vi.getTimerCount()).toBe(0);
    expect(lane.isForgettable(0)).toBe(true);
  });
});

describe("10,000 calls that wait", () => {
  it("have one timer between them, and leave none when they are aborted", async () => {
    const lane = limited();
    const stops = Array.from({ length: 10_000 }, () => new AbortController());
    const turns = stops.map(({ signal }) =>
      Promise.resolve(lane.enter(asker({ signal }), free)).catch(() => "left"),
    );
    expect(vi.getTimerCount()).toBe(1);
    for (const stop of stops) stop.abort();
    expect(new Set(await Promise.all(turns))).toEqual(new Set(["left"]));
    expect(vi.getTimerCount()).toBe(0);
  });

  it("all go, in the order in which they came", async () => {
    const lane = limited();
    const went: number[] = [];
    const turns = Array.from({ length: 10_000 }, async (_, number) => {
      const pass = await lane.enter(asker(), free);
      went.push(number);
      pass?.admitted();
      pass?.end({});
    });
    await vi.advanceTimersByTimeAsync(100_000);
    await Promise.all(turns);
    expect(went).toEqual([...went].sort((a, b) => a - b));
    expect(went).toHaveLength(10_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("a call that was refused goes before those that came later (BerriAI/litellm#2218)", async () => {
  const lane = limited();
  const first = tickets - 1;
  const later = lane.enter(asker(), free) as Promise<Pass>;
  const again = lane.enter(asker({ ticket: first }), free) as Promise<Pass>;
  const went: string[] = [];
  const tell = (name: string) => (pass: Pass) => {
    went.push(name);
    pass.admitted();
    pass.end({});
  };
  const both = Promise.all([later.then(tell("later")), again.then(tell("again"))]);
  await vi.advanceTimersByTimeAsync(5_000);
  await both;
  expect(went).toEqual(["again", "later"]);
});

describe("when the vendor wants no call for longer", () => {
  const refusedFor = async (wait: number, given: Partial<Asker>) => {
    const lane = new Lane();
    const [running, only] = [lane.enter(asker(), free) as Pass, { ...free, concurrency: 1 }];
    const turn = lane.enter(asker(given), only) as Promise<Pass | undefined>;
    running.end({ refused: { wait } });
    const state = await Promise.race([turn, Promise.resolve("waits")]);
    return state;
  };

  it("turns away who could not go in its time", async () => {
    expect(await refusedFor(60_000, { deadline: 30_000 })).toBeUndefined();
    expect(await refusedFor(20_000, { deadline: 30_000 })).toBe("waits");
  });

  it("turns away who has another credential", async () => {
    expect(await refusedFor(20_000, { elsewhere: true })).toBeUndefined();
  });

  it("turns everybody away where the credential itself was refused", async () => {
    const lane = limited();
    const turns = [lane.enter(asker(), free), lane.enter(asker({ model: "other" }), free)];
    lane.replan("m");
    expect(await turns[0]).toBeUndefined();
    expect(await turns[1]).toBeDefined();
  });
});

it("a model's limit holds no call for another model", () => {
  const lane = limited();
  void lane.enter(asker(), free);
  expect(lane.blockedFor("m", 0)).toBeGreaterThan(0);
  expect(lane.blockedFor("other", 0)).toBe(0);
});

describe("concurrency", () => {
  it("is of all calls of the credential, whoever made them", async () => {
    const lane = new Lane();
    const unbound = lane.enter(asker({ model: "other" }), free) as Pass;
    let went = false;
    const turn = Promise.resolve(lane.enter(asker(), { ...free, concurrency: 1 })).then((pass) => {
      went = true;
      return pass;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(went).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
    unbound.end({});
    (await turn)?.end({});
    expect(lane.running).toBe(0);
  });

  it("lets nobody overtake who waits for it alone", async () => {
    const lane = new Lane();
    const running = lane.enter(asker(), free) as Pass;
    const bound = lane.enter(asker(), { ...free, concurrency: 1 });
    const unbound = lane.enter(asker({ model: "other" }), free);
    expect(unbound).toBeInstanceOf(Promise);
    running.end({});
    await expect(bound).resolves.toBeDefined();
    await expect(unbound).resolves.toBeDefined();
  });
});

describe("rate", () => {
  it("lets so many begin in any time of that length", async () => {
    const lane = new Lane();
    const bounds: Bounds = { concurrency: undefined, rate: { limit: 3, interval: 1_000 } };
    const began: number[] = [];
    const turns = Array.from({ length: 10 }, async () => {
      const pass = await lane.enter(asker(), bounds);
      began.push(performance.now());
      pass?.end({});
    });
    await vi.advanceTimersByTimeAsync(10_000);
    await Promise.all(turns);
    expect(began).toEqual([0, 0, 0, 1_000, 1_000, 1_000, 2_000, 2_000, 2_000, 3_000]);
  });
});

describe("what the vendor tells with an answer", () => {
  const resetsAt = 30_000;

  it("holds the next calls back before any is refused", async () => {
    const lane = new Lane();
    const pass = lane.enter(asker(), free) as Pass;
    pass.told({ requests: { limit: 10, remaining: 0, resetsAt } });
    pass.end({});
    const turn = lane.enter(asker(), free);
    expect(turn).toBeInstanceOf(Promise);
    await vi.advanceTimersByTimeAsync(3_000);
    await expect(turn).resolves.toBeDefined();
  });

  it("costs no call its time: only a refusal does", () => {
    const lane = new Lane();
    const pass = lane.enter(asker(), free) as Pass;
    pass.told({ requests: { limit: 10, remaining: 0, resetsAt } });
    pass.end({});
    expect(lane.enter(asker({ deadline: 1_000 }), free)).not.toBeInstanceOf(Promise);
  });

  it("costs a call its time neither behind those that wait because they have more", () => {
    const lane = new Lane();
    const pass = lane.enter(asker(), free) as Pass;
    pass.told({ requests: { limit: 10, remaining: 0, resetsAt } });
    pass.end({});
    expect(lane.enter(asker(), free)).toBeInstanceOf(Promise);
    expect(lane.enter(asker({ deadline: 1_000 }), free)).not.toBeInstanceOf(Promise);
  });
});
