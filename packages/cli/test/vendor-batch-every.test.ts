import type { ChildProcess } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { prices } from "@acc/prices";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AccHome, AccRun } from "./acc.ts";
import { batchVendors, type PlayedVendor } from "./batch-vendors.ts";
import { batchFiles, prompts } from "./vendor-batch-scene.ts";

let home: AccHome;
let vendor: PlayedVendor;
const { file, given, lines, failures, answered } = batchFiles((anew) => {
  home = anew;
});

afterEach(() => vendor.close());

/** Where a run is killed: the vendor's server does it, in the middle of what is asked of it. */
const kills: Record<string, (kill: () => void) => void> = {
  "before it is submitted": (kill) => {
    vendor.plays.submitting = () => {
      vendor.plays.submitting = undefined;
      kill();
      return true;
    };
  },
  "when it is submitted and not yet told": (kill) => {
    vendor.plays.submitted = () => {
      vendor.plays.submitted = undefined;
      kill();
      return true;
    };
  },
  "while it looks for the end": (kill) => {
    vendor.plays.looking = () => {
      vendor.plays.looking = undefined;
      kill();
    };
  },
  "while the results come": (kill) => {
    vendor.plays.sending = () => {
      vendor.plays.sending = undefined;
      kill();
    };
  },
};

describe.each(batchVendors)("$provider", ({ provider, model, start }) => {
  beforeEach(async () => {
    vendor = await start();
  });

  function acc(args: string, whenSpawned?: (child: ChildProcess) => void): Promise<AccRun> {
    const words = [...args.split(" "), "-p", provider, "-m", model];
    return home.acc(words, { env: { ...vendor.env }, ...(whenSpawned && { whenSpawned }) });
  }

  const run = (args = "--no-cache", whenSpawned?: (child: ChildProcess) => void) =>
    acc(`batch in.jsonl -o out.jsonl --vendor-batch --poll 1 ${args}`.trim(), whenSpawned);

  it("answers a file by one batch, at half the price, and keeps it for plain calls", async () => {
    await given([...prompts(3), "p1"]);
    expect(await run("--json --max-tokens 77")).toMatchObject({ code: 0 });
    expect(vendor.batches).toHaveLength(1);
    expect(vendor.prompts()).toEqual(prompts(3));
    const all = await lines("out.jsonl");
    expect(all.map(({ reply }) => reply.text)).toEqual(["re: p1", "re: p2", "re: p3", "re: p1"]);
    expect(all[3]).toMatchObject({ sameAs: 1 });
    const whole = prices({ inputTokens: 100, outputTokens: 50 }, model, provider) ?? 0;
    expect(whole).toBeGreaterThan(0);
    expect(all[0].cost.amount).toBeCloseTo(whole / 2, 12);
    expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
    expect((await acc("chat p2 --only sdk --max-tokens 77")).stdout).toContain("re: p2");
    expect(vendor.plain).toEqual([]);
  });

  for (const [when, arrange] of Object.entries(kills)) {
    it(`submits nothing twice and loses no line where it is killed ${when}`, async () => {
      await given(prompts(20));
      let end = () => {};
      arrange(() => end());
      const killed = await run("--no-cache", (child) => {
        end = () => child.kill("SIGKILL");
      });
      expect(killed.code).toBe(null);
      expect(await run()).toMatchObject({ code: 0 });
      expect(vendor.prompts()).toEqual(prompts(20));
      await answered(20);
    });
  }

  it("writes each line once where it is killed in the middle of writing them", async () => {
    await given(prompts(400));
    const killed = await run("--no-cache", (child) => {
      const watch = setInterval(() => {
        if (existsSync(file("out.jsonl")) && statSync(file("out.jsonl")).size > 0) {
          child.kill("SIGKILL");
        }
      }, 1);
      child.on("exit", () => clearInterval(watch));
    });
    // A machine that is busy may be done before it hears of the kill.
    expect([null, 0]).toContain(killed.code);
    expect(await run()).toMatchObject({ code: 0 });
    expect(vendor.prompts()).toEqual(prompts(400));
    await answered(400);
  });

  it("fails what was not answered in time with TIMEOUT, and asks for that alone again", async () => {
    await given(prompts(3));
    vendor.expire("p2");
    expect(await run()).toMatchObject({ code: 1 });
    expect(await failures()).toEqual([[2, "TIMEOUT"]]);
    vendor.expire("");
    expect(await run("--no-cache --retry-failed")).toMatchObject({ code: 0 });
    expect(vendor.prompts()).toEqual(["p1", "p2", "p3", "p2"]);
    await answered(3);
  });

  it("leaves a batch at the vendor at Ctrl-C, and cancels it when told to", async () => {
    await given(prompts(2));
    vendor.plays.looks = Number.POSITIVE_INFINITY;
    const left = await run("--no-cache", (child) => {
      vendor.plays.looking = () => {
        vendor.plays.looking = undefined;
        child.kill("SIGINT");
      };
    });
    expect(left.code).toBe(130);
    expect(left.stderr).toContain(`${provider} goes on with what it has`);
    const cancelled = await run("--no-cache --cancel");
    expect(cancelled.stderr).toContain("(CANCELLED)");
    expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
    vendor.plays.looks = 1;
    expect(await run("--no-cache --retry-failed")).toMatchObject({ code: 0 });
    await answered(2);
  });
});
