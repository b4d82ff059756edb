import { DualModeError } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { fails, playedClient, says } from "../support/played-client.ts";
import { runServer, token } from "../support/running-server.ts";
import { authorization, body, handlerScene, held, json, post } from "./handler-scene.ts";

const scene = handlerScene();
const { start } = scene;

describe("paths", () => {
  it("are the same with /v1 and without", async () => {
    const { url } = await start(says("a"));
    for (const path of ["/chat/completions", "/v1/chat/completions"]) {
      expect((await post(`${url}${path}`)).status).toBe(200);
    }
    for (const path of ["/messages", "/v1/messages?beta=true"]) {
      expect((await post(`${url}${path}`, { max_tokens: 9 })).status).toBe(200);
    }
    for (const path of ["/models", "/v1/models", "/models/p/model-1", "/v1/models/p%2Fmodel-1"]) {
      const answer = await fetch(url + path, { headers: { authorization } });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ object: path.includes("p") ? "model" : "list" });
    }
  });

  it("let anybody see that the server is there, and no more", async () => {
    const { url } = await start(says("a"));
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok" });
    expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
    expect((await fetch(url)).status).toBe(200);
    for (const path of ["/metrics", "/v1/models", "/v1/models/p"]) {
      expect((await fetch(url + path)).status).toBe(401);
    }
    const count = { method: "POST", headers: { "content-type": "application/json" }, body: body() };
    expect((await fetch(`${url}/v1/messages/count_tokens`, count)).status).toBe(401);
  });

  it("let who has the token of metrics read those, and ask for nothing", async () => {
    const metricsToken = "a-token-of-metrics-that-is-long-enough";
    const { url } = await start(says("a"), { metricsToken });
    const read = (path: string, given: string) =>
      fetch(url + path, { headers: { authorization: `Bearer ${given}` } });
    const metrics = await read("/metrics", metricsToken);
    expect([metrics.status, await metrics.text()]).toEqual([
      200,
      expect.stringContaining("acc_calls_in_flight 0"),
    ]);
    expect((await read("/metrics", token)).status).toBe(200);
    expect((await read("/metrics", `${metricsToken}x`)).status).toBe(401);
    expect((await read("/v1/models", metricsToken)).status).toBe(401);
  });

  it("that there are not are told in the form that is read", async () => {
    const { url } = await start(says("a"));
    const openai = await fetch(`${url}/v1/embeddings`, { headers: json });
    expect([openai.status, await openai.json()]).toMatchObject([
      404,
      { error: { type: "invalid_request_error" } },
    ]);
    const headers = { ...json, "anthropic-version": "2023-06-01" };
    const anthropic = await fetch(`${url}/v1/files`, { headers });
    expect(await anthropic.json()).toMatchObject({
      type: "error",
      error: { type: "not_found_error" },
    });
  });

  it("choose Anthropic's shape by its own header, never by how the token is sent", async () => {
    const { url } = await start(says("a"));
    const list = async (headers: Record<string, string>) =>
      (await fetch(`${url}/v1/models`, { headers })).json();
    expect(await list({ authorization, "x-api-key": token })).toHaveProperty("object", "list");
    const own = await list({ "x-api-key": token, "anthropic-version": "2023-06-01" });
    expect(own).toHaveProperty("has_more", false);
  });
});

describe("calls", () => {
  it("tell in a record and in metrics how each ended", async () => {
    const { url, running } = await start(says("a"));
    await post(`${url}/v1/chat/completions`);
    await (await post(`${url}/v1/chat/completions`, { stream: true })).text();
    await post(`${url}/v1/chat/completions`, { model: "none" });
    expect(running.calls).toMatchObject([
      { wire: "chat", caller: "owner", asked: "p", mode: "sdk", attempts: 1, status: 200 },
      { asked: "p", status: 200, firstMs: expect.any(Number), usage: { outputTokens: 3 } },
      { asked: "none", status: 404, code: "MODEL_NOT_FOUND", attempts: 0 },
    ]);
    expect(JSON.stringify(running.calls)).not.toMatch(/"hi"|owner-token/);
    const metrics = await (await fetch(`${url}/metrics`, { headers: { authorization } })).text();
    expect(metrics).toMatch(/acc_calls_total\{wire="chat",.*outcome="answered",code=""\} 2/);
    expect(metrics).toMatch(/outcome="failed",code="MODEL_NOT_FOUND"\} 1/);
    expect(metrics).toMatch(/acc_calls_in_flight 0/);
  });

  // BerriAI/litellm#39136, llm-d/llm-d-router#1625: names that callers make up made series for good
  it("make no series of metrics by what callers make up", async () => {
    const { url } = await start(says("a"));
    const series = async () => {
      const text = await (await fetch(`${url}/metrics`, { headers: { authorization } })).text();
      return text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
    };
    const ask = (number: number) =>
      post(`${url}/v1/chat/completions`, { model: `p/made-up-${number}`, user: `u-${number}` });
    const unknown = (number: number) =>
      post(`${url}/v1/chat/completions`, { model: `nobody-${number}/made-up` });
    await Promise.all([ask(0), unknown(0)]);
    const before = await series();
    for (let number = 1; number < 30; number += 1) {
      await Promise.all([ask(number), unknown(number)]);
    }
    expect(await series()).toBe(before);
  });

  it("have their prompt in the record where the owner wants it", async () => {
    const { url, running } = await start(says("a"), { keepPrompts: true });
    await post(`${url}/v1/chat/completions`);
    expect(running.calls[0]?.prompt).toBe("hi");
  });

  it("answer also what a route cannot be told of tuning, and say so", async () => {
    const played = playedClient(says("a"), { supports: [] });
    scene.running = await runServer({ clients: { p: played.client } });
    const answer = await post(`${scene.running.url}/v1/chat/completions`, {
      temperature: 0,
      max_tokens: 9,
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-acc-warnings")).toBe("FEATURE_IGNORED");
    const tools = [{ type: "function", function: { name: "look" } }];
    expect((await post(`${scene.running.url}/v1/chat/completions`, { tools })).status).toBe(400);
  });

  it("beyond the bound are refused with a time to wait, and let in when there is a place", async () => {
    const { play, go } = held();
    const { url } = await start(play, { maxCalls: 1 });
    const first = post(`${url}/v1/chat/completions`);
    await eventually(async () => (await post(`${url}/v1/chat/completions`)).status).toBe(503);
    const refused = await post(`${url}/v1/messages`, { max_tokens: 9 });
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await refused.json()).toMatchObject({ error: { type: "overloaded_error" } });
    go();
    expect((await first).status).toBe(200);
    expect((await post(`${url}/v1/chat/completions`)).status).toBe(200);
  });

  it("hide what concerns the server from all but its owner", async () => {
    const secret = new DualModeError("AUTHENTICATION_FAILED", "The key env:X was refused.");
    const access = {
      identify: async () => ({ kind: "key", id: "1", name: "k", tenant: "t" }) as const,
      reserve: async () => ({ settle: async () => {} }),
    };
    const { url } = await start(fails(secret), { access });
    const answer = await post(`${url}/v1/chat/completions`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain("env:X");
  });
});
