import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { newestClis } from "./targets.ts";

/** Milliseconds that a process waits; ACC_E2E_WARM_IDLE=300000 are the most that it may. */
const idle = Number(process.env.ACC_E2E_WARM_IDLE ?? 5_000);
const scene = new Scene();
const warmTargets = newestClis.filter(({ vendor }) => vendor === "claude" || vendor === "gemini");
const patience = { timeout: 60_000 };

describe.each(warmTargets)("$name", (target) => {
  it("asks for nothing while it waits, nor when its time is over", {
    timeout: idle + 240_000,
  }, async () => {
    const server = await scene.serve(plays(target.vendor, "An answer"));
    await using client = scene.open(target, server.url, { standby: { count: 1, ttl: idle } });
    await client.chat("Once");
    await vi.waitFor(() => expect(scene.processes()).toHaveLength(1), patience);
    await delay(idle);
    await vi.waitFor(() => expect(scene.processes()).toEqual([]), patience);
    await delay(1_000);
    expect(callsIn(server.requests)).toHaveLength(1);
    expect((await client.status())[0]).toMatchObject({ standby: { waiting: 0 } });
  });
});
