import { describe, expect, it, vi } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import { stalls } from "../../test/played/failure-cases.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { type Target, targets } from "./targets.ts";
import { itWhere } from "./where.ts";

const scene = new Scene();
const hangs: Answer = () => {};
const patience = { timeout: 30_000 };

describe.each(targets)("$name", (target) => {
  describe("aborted", () => {
    it("before it begins asks nothing", async () => {
      const { client } = await stalled(target);
      const error = await scene.failure(client.chat("Hello", { signal: AbortSignal.abort() }));
      expect(error.code).toBe("ABORTED");
    });

    it("as soon as it has begun leaves no process", async () => {
      scene.requestsPerAttempt = [0, 1];
      const { client } = await stalled(target);
      const stop = new AbortController();
      const ended = scene.failure(client.chat("Hello", { signal: stop.signal }));
      setImmediate(() => stop.abort());
      expect((await ended).code).toBe("ABORTED");
      expect(scene.processes()).toEqual([]);
    });

    itWhere(target.mode === "cli", "while the CLI starts leaves no process", async () => {
      scene.requestsPerAttempt = [0, 1];
      const { client } = await stalled(target, hangs);
      const stop = new AbortController();
      const ended = scene.failure(client.chat("Hello", { signal: stop.signal }));
      await vi.waitFor(() => expect(scene.processes()).not.toEqual([]), patience);
      stop.abort();
      expect((await ended).code).toBe("ABORTED");
      expect(scene.processes()).toEqual([]);
    });

    it("before the first part ends the request, and leaves no process", async () => {
      const { client, server, closed } = await stalled(target, hangs);
      const stop = new AbortController();
      const ended = scene.failure(client.chat("Hello", { signal: stop.signal }));
      await vi.waitFor(() => expect(callsIn(server.requests)).toHaveLength(1), patience);
      stop.abort();
      expect((await ended).code).toBe("ABORTED");
      expect(scene.processes()).toEqual([]);
      await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    });

    it("in mid-answer ends the request, and leaves no process", async () => {
      const { client, closed } = await stalled(target);
      const stop = new AbortController();
      const seen: string[] = [];
      const loop = async () => {
        for await (const part of client.stream("Hello", { signal: stop.signal })) {
          if (part.type !== "text") continue;
          seen.push(part.text);
          expect(scene.processes().length > 0).toBe(target.mode === "cli");
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
    const total = target.mode === "cli" ? 4000 : 400;

    it.each([
      ["before the first part, by its timer", { firstPart: total }, "TIMEOUT", hangs],
      ["before the first part, altogether", { total }, "DEADLINE_EXCEEDED", hangs],
      ["in mid-answer, by the idle timer", { idle: 1500 }, "TIMEOUT", stalls(target.vendor)],
      ["in mid-answer, altogether", { total }, "DEADLINE_EXCEEDED", stalls(target.vendor)],
    ])("%s", async (_, timeout, code, answer) => {
      scene.requestsPerAttempt = [0, 1];
      const { client } = await stalled(target, answer);
      const error = await scene.failure(client.chat("Hello", { timeout }));
      expect(error.attempts[0]).toMatchObject({ code, mode: target.mode });
      expect(scene.processes()).toEqual([]);
    });
  });
});

async function stalled(target: Target, answer: Answer = stalls(target.vendor)) {
  const closed = vi.fn();
  const server = await scene.serve((response, request) => {
    if (request.method !== "POST") return void response.end();
    response.on("close", closed);
    return answer(response, request);
  });
  return { client: scene.open(target, server.url), server, closed };
}
