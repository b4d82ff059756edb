import { randomUUID } from "node:crypto";
import type { DualModeError } from "@acc/dual-mode";
import { describe, expect, it, vi } from "vitest";
import { processesWith } from "../../packages/dual-mode/test/cli/process-table.ts";
import { stalls } from "../../scripts/failure-cases.ts";
import { type Door, doors, open } from "./doors.ts";
import { Scene } from "./scene.ts";

const scene = new Scene();

describe.each(doors)("$name, aborted", (door) => {
  it("in mid-answer leaves no process of its group", async () => {
    const { client, marker } = await stalled(door);
    const stop = new AbortController();
    const seen: string[] = [];
    const loop = (async () => {
      for await (const part of client.stream("Explain decorators", { signal: stop.signal })) {
        if (part.type !== "text") continue;
        seen.push(part.text);
        expect(processesWith(marker).length).toBeGreaterThan(0);
        stop.abort();
      }
    })();
    await expect(loop).rejects.toMatchObject({ code: "ABORTED" });
    expect(seen.join("")).toBe("Half an ");
    expect(processesWith(marker)).toEqual([]);
    await client.close();
  });

  it("before its first part leaves none either", async () => {
    const { client, marker } = await stalled(door, true);
    const stop = new AbortController();
    const chat = client.chat("Explain decorators", { signal: stop.signal });
    const ended = expect(chat).rejects.toMatchObject({ code: "ABORTED" });
    await vi.waitFor(() => expect(processesWith(marker).length).toBeGreaterThan(0), 10_000);
    stop.abort();
    await ended;
    expect(processesWith(marker)).toEqual([]);
    await client.close();
  });

  it("by the idle timer is a TIMEOUT, and leaves none", async () => {
    const { client, marker } = await stalled(door);
    const chat = client.chat("Explain decorators", { timeout: { idle: 1500 } });
    const error = await chat.catch((thrown: DualModeError) => thrown);
    expect(error.attempts[0]).toMatchObject({ code: "TIMEOUT" });
    expect(processesWith(marker)).toEqual([]);
    await client.close();
  });
});

async function stalled(door: Door, atOnce = false) {
  const server = await scene.serve(atOnce ? () => {} : stalls(door.vendor));
  const id = randomUUID();
  const client = open(door, server.url, { cli: { env: { ACC_E2E_RUN: id } } });
  return { client, marker: `ACC_E2E_RUN=${id}` };
}
