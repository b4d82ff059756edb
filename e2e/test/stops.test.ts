import { describe, expect, it, vi } from "vitest";
import { stalls } from "../../scripts/failure-cases.ts";
import type { Answer } from "../../scripts/loopback-server.ts";
import { type Door, doors } from "./doors.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { itWhere } from "./where.ts";

const scene = new Scene();
const hangs: Answer = () => {};
const patience = { timeout: 30_000 };

describe.each(doors)("$name", (door) => {
  describe("aborted", () => {
    it("before it begins asks nothing", async () => {
      const { client } = await stalled(door);
      const error = await scene.failure(client.chat("Hello", { signal: AbortSignal.abort() }));
      expect(error.code).toBe("ABORTED");
    });

    it("as soon as it has begun leaves no process", async () => {
      scene.requestsPerAttempt = [0, 1];
      const { client } = await stalled(door);
      const stop = new AbortController();
      const ended = scene.failure(client.chat("Hello", { signal: stop.signal }));
      setImmediate(() => stop.abort());
      expect((await ended).code).toBe("ABORTED");
      expect(scene.processes()).toEqual([]);
    });

    itWhere(door.mode === "cli", "while the CLI starts leaves no process", async () => {
      scene.requestsPerAttempt = [0, 1];
      const { client } = await stalled(door, hangs);
      const stop = new AbortController();
      const ended = scene.failure(client.chat("Hello", { signal: stop.signal }));
      await vi.waitFor(() => expect(scene.processes()).not.toEqual([]), patience);
      stop.abort();
      expect((await ended).code).toBe("ABORTED");
      expect(scene.processes()).toEqual([]);
    });

    it("before the first part ends the request, and leaves no process", async () => {
      const { client, server, closed } = await stalled(door, hangs);
      const stop = new AbortController();
      const ended = scene.failure(client.chat("Hello", { signal: stop.signal }));
      await vi.waitFor(() => expect(callsIn(server.requests)).toHaveLength(1), patience);
      stop.abort();
      expect((await ended).code).toBe("ABORTED");
      expect(scene.processes()).toEqual([]);
      await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    });

    it("in mid-answer ends the request, and leaves no process", async () => {
      const { client, closed } = await stalled(door);
      const stop = new AbortController();
      const seen: string[] = [];
      const loop = async () => {
        for await (const part of client.stream("Hello", { signal: stop.signal })) {
          if (part.type !== "text") continue;
          seen.push(part.text);
          expect(scene.processes().length > 0).toBe(door.mode === "cli");
          stop.abort();
        }
      };
      expect((await scene.failure(loop())).code).toBe("ABORTED");
      expect(seen.join("")).toBe("Half an ");
      expect(scene.processes()).toEqual([]);
      await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    });
  });

  describe("out of time", () => {
    const total = door.mode === "cli" ? 4000 : 400;

    it.each([
      ["before the first part, by its timer", { firstPart: total }, "TIMEOUT", hangs],
      ["before the first part, altogether", { total }, "DEADLINE_EXCEEDED", hangs],
      ["in mid-answer, by the idle timer", { idle: 1500 }, "TIMEOUT", stalls(door.vendor)],
      ["in mid-answer, altogether", { total }, "DEADLINE_EXCEEDED", stalls(door.vendor)],
    ])("%s", async (_, timeout, code, answer) => {
      scene.requestsPerAttempt = [0, 1];
      const { client } = await stalled(door, answer);
      const error = await scene.failure(client.chat("Hello", { timeout }));
      expect(error.attempts[0]).toMatchObject({ code, mode: door.mode });
      expect(scene.processes()).toEqual([]);
    });
  });
});

async function stalled(door: Door, answer: Answer = stalls(door.vendor)) {
  const closed = vi.fn();
  const server = await scene.serve((response, request) => {
    if (request.method !== "POST") return void response.end();
    response.on("close", closed);
    return answer(response, request);
  });
  return { client: scene.open(door, server.url), server, closed };
}
