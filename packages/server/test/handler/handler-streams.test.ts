import { DualModeError } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { hangs, type Play } from "../support/played-client.ts";
import { handlerScene, held, post } from "./handler-scene.ts";

const { start } = handlerScene();

describe("streams", () => {
  it.each([
    ["chat/completions", {}, ": keep-alive\n\n"],
    ["responses", { input: "hi" }, ": keep-alive\n\n"],
    ["messages", { max_tokens: 9 }, 'event: ping\ndata: {"type":"ping"}\n\n'],
  ])("of %s that wait are kept alive, and then begin", async (path, members, sign) => {
    const { play, go } = held();
    const { url } = await start(play, { keepAlive: 20 });
    const answer = await post(`${url}/v1/${path}`, { stream: true, ...members });
    expect(answer.status).toBe(200);
    setTimeout(go, 100);
    const text = await answer.text();
    expect(text.split(sign).length).toBeGreaterThan(2);
    expect(text).toContain("late");
  });

  it("tell a failure behind a sign of life in the stream", async () => {
    const play: Play = async function* () {
      yield { type: "start" };
      await new Promise((resolve) => setTimeout(resolve, 100));
      throw new DualModeError("OVERLOADED", "Busy.");
    };
    const { url } = await start(play, { keepAlive: 20 });
    const answer = await post(`${url}/v1/chat/completions`, { stream: true });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('data: {"error":{"message":"Busy."');
  });

  it("are read from the model as fast as they are taken, and no faster", async () => {
    let given = 0;
    const text = "x".repeat(64 * 1024);
    const play: Play = async function* ({ model }) {
      yield { type: "start", model };
      for (; given < 5_000; given += 1) yield { type: "text", text };
      yield { type: "finish", reason: "stop" };
    };
    const { url } = await start(play);
    const answer = await post(`${url}/v1/chat/completions`, { stream: true });
    const reader = answer.body?.getReader();
    await reader?.read();
    let before = -1;
    await expect
      .poll(
        () => {
          const isStill = before === given;
          before = given;
          return isStill;
        },
        { interval: 200, timeout: 10_000 },
      )
      .toBe(true);
    expect(given).toBeLessThan(1_000);
    await reader?.cancel();
  });
});

describe("a server that is closed", () => {
  it("finishes what is there and refuses what comes", async () => {
    const { play, go } = held();
    const { url, running, asked } = await start(play);
    const call = post(`${url}/v1/chat/completions`);
    await eventually(() => asked.length).toBe(1);
    const closed = running.server.close();
    const refused = await post(`${url}/v1/chat/completions`);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    // nestjs/terminus#2569: whoever sends calls hears of it before the port is closed
    expect((await fetch(`${url}/health`)).status).toBe(503);
    go();
    expect((await call).status).toBe(200);
    await closed;
  });

  it("ends what is there when it is told to wait no longer", async () => {
    const { url, running, asked } = await start(hangs());
    const call = post(`${url}/v1/chat/completions`);
    await eventually(() => asked.length).toBe(1);
    await running.server.close({ signal: AbortSignal.timeout(20) });
    expect((await call).status).toBe(499);
  });
});
