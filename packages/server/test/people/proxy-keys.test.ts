import { describe, expect, it, onTestFinished, vi } from "vitest";
import { proxyScene } from "./proxy-scene.ts";
import type { Pair } from "./rsa-pairs.ts";

const scene = proxyScene();
const { sign, open } = scene;

describe("the proxy's keys", () => {
  it("are fetched anew for one that is not known, and no more often than twice a minute", async () => {
    const { enter, published, asked } = await open();
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    expect((await enter(await sign())).response.status).toBe(200);
    for (let index = 0; index < 20; index++) await enter(await sign({ kid: `made-up-${index}` }));
    expect(asked.times).toBe(1);
    published.set("second", scene.second as Pair);
    vi.setSystemTime(Date.now() + 31_000);
    const rotated = await sign({ kid: "second", key: scene.second as Pair });
    expect((await enter(rotated)).response.status).toBe(200);
    expect((await enter(await sign())).response.status).toBe(200);
    expect(asked.times).toBe(2);
  });

  it("that cannot be had let nobody in, and say so", async () => {
    const { enter, asked } = await open();
    asked.isDown = true;
    const { response, code } = await enter(await sign());
    expect([response.status, code]).toEqual([503, "SIGN_IN_UNAVAILABLE"]);
  });
});
