import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { type ServeProcess, startServe } from "./serve-process.ts";
import { ask, serveScene } from "./serve-scene.ts";

const scene = serveScene();
const { env, ownerToken } = scene;

describe("the end of acc serve", () => {
  /** A vendor that answers when it is told to. */
  async function slowVendor() {
    let answer = () => {};
    const told = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const server = await startLoopbackServer(async (response, { body }) => {
      await told;
      const mocked = await fetch(`${scene.vendor.url}/v1/messages`, { method: "POST", body });
      response.writeHead(mocked.status, {
        "content-type": mocked.headers.get("content-type") ?? "",
      });
      response.end(await mocked.text());
    });
    return { server, answer };
  }

  async function inFlight(running: ServeProcess, token: string, requests: readonly unknown[]) {
    const call = ask(running.url, token);
    await expect.poll(() => requests.length, { timeout: 10_000 }).toBeGreaterThan(0);
    return call;
  }

  it("finishes what is in flight on SIGTERM, refuses what is new, and ends with 0", async () => {
    const { server, answer } = await slowVendor();
    const running = await startServe(scene.home, {
      env: { ...env(), ANTHROPIC_BASE_URL: server.url },
    });
    const token = await ownerToken();
    const call = inFlight(running, token, server.requests);
    await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBe(1);
    running.child.kill("SIGTERM");
    await expect.poll(() => running.said()).toContain("Finishing the calls");
    const late = await ask(running.url, token);
    expect([late.status, late.headers.get("retry-after")]).toEqual([
      503,
      expect.stringMatching(/\d/),
    ]);
    answer();
    expect((await call).status).toBe(200);
    expect(await running.ended()).toBe(0);
    await server.close();
  });

  it("is at once at the second signal", async () => {
    const { server } = await slowVendor();
    const running = await startServe(scene.home, {
      env: { ...env(), ANTHROPIC_BASE_URL: server.url },
    });
    const call = inFlight(running, await ownerToken(), server.requests).catch(() => "cut");
    await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBe(1);
    running.child.kill("SIGINT");
    await expect.poll(() => running.said()).toContain("Finishing the calls");
    running.child.kill("SIGINT");
    expect(await running.ended()).toBe(130);
    expect(await call).toBe("cut");
    await server.close();
  });

  it("ends with 130 on Ctrl-C", async () => {
    const running = await startServe(scene.home, {});
    running.child.kill("SIGINT");
    expect(await running.ended()).toBe(130);
  });
});
