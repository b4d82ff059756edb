import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { memoryStore, openCache } from "@acc/cache";
import { describe, expect, it } from "vitest";
import { chain } from "../../src/client/chain.ts";
import type { ClientEvent } from "../../src/contract/client-event.ts";
import { DualModeError } from "../../src/error.ts";
import type { PublishedEvent } from "../../src/events/event-sink.ts";
import { fails, hangs, says, scripted } from "../scripted-provider.ts";

const busy = new DualModeError("OVERLOADED", "Busy.", { status: 529, requestId: "req_1" });
const quick = { retry: 0, billing: "key" } as const;
const asked = {
  messages: [{ role: "user", content: "hi" }],
  metadata: { feature: "search", trace: "abc" },
} as const;

const ids = (events: readonly ClientEvent[]) => new Set(events.map(({ callId }) => callId));
const types = (events: readonly ClientEvent[]) => events.map(({ type }) => type);

describe("every event of a call", () => {
  it("has the call's id, provider, tenant, user and metadata", async () => {
    const { client, name, events } = scripted(
      { sdk: { scripts: [fails(busy)] }, cli: { scripts: [says("ok")] } },
      { ...quick, tenant: "acme", cache: openCache({ store: memoryStore() }) },
    );
    await client.chat(asked, { user: "ada" });
    await client.chat(asked, { user: "ada" });
    const provider = name.replace(/_api_key$/, "").replace("_", "-");
    for (const event of events) {
      expect(event).toMatchObject({ provider, tenant: "acme", user: "ada" });
      expect(event.metadata).toEqual(asked.metadata);
    }
    expect(types(events)).toEqual([
      ...["call-start", "cache", "attempt-start", "attempt-end", "attempt-start", "attempt-end"],
      "reply",
      ...["call-start", "cache", "reply"],
    ]);
    expect(ids(events).size).toBe(2);
    expect(ids(events.slice(0, 7)).size).toBe(1);
  });

  it("also a provider's log lines, of a run and of the probe before it", async () => {
    const events: ClientEvent[] = [];
    const { defineProvider } = await import("../../src/client/define-provider.ts");
    const client = defineProvider({
      id: "logging",
      defaultModel: "model-1",
      sdk: {
        credentials: ["none"],
        supports: [],
        probe: async ({ logger }) => {
          logger.debug("probed");
          return { available: true };
        },
        run: (request, context) => {
          context.logger.debug("ran");
          return says("ok")(request, context);
        },
      },
    })({ cache: false, onEvent: (event) => events.push(event) });
    await client.chat("hi");
    expect(types(events).filter((type) => type === "log")).toHaveLength(2);
    expect(ids(events).size).toBe(1);
  });

  it("has an id that no other call has, also where calls run at once", async () => {
    const { client, events } = scripted({ sdk: { scripts: [says("ok")] } });
    await Promise.all(Array.from({ length: 50 }, () => client.chat("hi")));
    expect(ids(events).size).toBe(50);
  });
});

describe("a failed call ends with an event of its own", () => {
  const last = (events: readonly ClientEvent[]) => {
    const end = events.at(-1);
    if (end?.type !== "error") throw new Error(`It ended with ${end?.type}.`);
    return end;
  };

  // NousResearch/hermes-agent#81731, mastra-ai/mastra#14850: traces of failed calls were lost or looked good.
  it("with the error that is thrown, by chat and by stream", async () => {
    const { client, events } = scripted({ sdk: { scripts: [fails(busy)] } }, quick);
    const thrown = await client.chat("hi").catch((error: unknown) => error);
    expect(last(events).error).toBe(thrown);
    expect(types(events)).toEqual(["call-start", "attempt-start", "attempt-end", "error"]);
    events.length = 0;
    const streamed = await Promise.resolve(client.stream("hi").reply).catch((error) => error);
    expect(last(events).error).toBe(streamed);
    expect(types(events)).toEqual(["call-start", "attempt-start", "attempt-end", "error"]);
  });

  it("in mid-stream, at a deadline, an abort, a reader who leaves, and a close", async () => {
    const begun = [{ type: "start" }, { type: "text", text: "a" }] as const;
    const open = () => scripted({ sdk: { scripts: [hangs(begun)] } }, quick);
    const cut = scripted({ sdk: { scripts: [fails(busy, begun)] } }, quick);
    await Promise.resolve(cut.client.stream("hi").reply).catch(() => {});
    expect(last(cut.events).error.code).toBe("OVERLOADED");
    const late = open();
    await late.client.chat("hi", { timeout: 20 }).catch(() => {});
    expect(last(late.events).error.code).toBe("DEADLINE_EXCEEDED");
    const left = open();
    for await (const { type } of left.client.stream("hi")) if (type === "text") break;
    expect(last(left.events).error.code).toBe("ABORTED");
    const gone = open();
    const signal = AbortSignal.timeout(20);
    await gone.client.chat("hi", { signal }).catch(() => {});
    expect(last(gone.events).error.code).toBe("ABORTED");
    const shut = open();
    const call = shut.client.chat("hi").catch(() => {});
    setTimeout(() => shut.client.close(), 20);
    await call;
    expect(last(shut.events).error.code).toBe("CLOSED");
  });

  it("also one that was refused before it began", async () => {
    const { client, events } = scripted({ sdk: { scripts: [says("x")] } });
    await client.chat("").catch(() => {});
    await client.chat("hi", { cache: "only" }).catch(() => {});
    expect(types(events)).toEqual(["error", "call-start", "error"]);
    expect(ids(events).size).toBe(2);
  });
});

describe("a chain", () => {
  it("has one id for the whole call, with each provider's part of it", async () => {
    const first = scripted({ sdk: { scripts: [fails(busy)] } }, quick);
    const second = scripted({ sdk: { scripts: [says("ok")] } }, quick);
    const both = chain([first.client, second.client]);
    await both.chat(asked);
    const events = [...first.events, ...second.events];
    expect(ids(events).size).toBe(1);
    expect(new Set(first.events.map(({ provider }) => provider))).toEqual(
      new Set([first.client.provider]),
    );
    expect(first.events.at(-1)).toMatchObject({ type: "error", next: second.client.provider });
    expect(types(second.events).at(-1)).toBe("reply");
    await Promise.resolve(both.stream(asked).reply);
    expect(ids([...first.events, ...second.events]).size).toBe(2);
  });

  it("names the next provider too that is asked again when its limit is over", async () => {
    const limit = (retryAfter: number) =>
      fails(new DualModeError("RATE_LIMITED", "Slow down.", { status: 429, retryAfter }));
    const events: ClientEvent[] = [];
    const onEvent = (event: ClientEvent) => events.push(event);
    const limited = (wait: number) =>
      scripted(
        { sdk: { scripts: [limit(wait), says("ok")] } },
        { ...quick, waitForLimits: true, onEvent },
      ).client;
    const [first, second] = [limited(300), limited(50)];
    const { provider } = await chain([first, second]).chat("hi");
    expect(provider).toBe(second.provider);
    const ends = events.filter(({ type }) => type === "error" || type === "reply");
    expect(ends.map(({ type }) => type)).toEqual(["error", "error", "reply"]);
    expect(ends[0]).toMatchObject({ provider: first.provider, next: second.provider });
    expect(ends[1]).toMatchObject({ provider: second.provider, next: second.provider });
  });

  it("names no next provider where the chain's time is over", async () => {
    const { client, events } = scripted({ sdk: { scripts: [hangs()] } }, quick);
    const { client: other, ran } = scripted({ sdk: { scripts: [says("ok")] } }, quick);
    const call = chain([client, other]).chat("hi", { timeout: 30 });
    await expect(call).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
    expect(events.at(-1)).toMatchObject({ type: "error" });
    expect(events.at(-1)).not.toHaveProperty("next");
    expect(ran).toEqual([]);
  });

  it("names no next provider where none is asked", async () => {
    const wrong = new DualModeError("CONTEXT_TOO_LONG", "Too long.");
    const first = scripted({ sdk: { scripts: [fails(wrong), fails(busy)] } }, quick);
    const second = scripted({ sdk: { scripts: [fails(busy)] } }, quick);
    const both = chain([first.client, second.client]);
    await both.chat("hi").catch(() => {});
    expect(first.events.at(-1)).not.toHaveProperty("next");
    await both.chat("hi").catch(() => {});
    expect(first.events.at(-1)).toHaveProperty("next");
    expect(second.events.at(-1)).not.toHaveProperty("next");
  });

  it("in a chain is one call, too", async () => {
    const clients = [busy, busy].map((error) =>
      scripted({ sdk: { scripts: [fails(error)] } }, quick),
    );
    const last = scripted({ sdk: { scripts: [says("ok")] } }, quick);
    const inner = chain(clients.map(({ client }) => client));
    await chain([inner, last.client]).chat("hi");
    expect(ids([...clients, last].flatMap(({ events }) => events)).size).toBe(1);
  });
});

describe("the process's channels", () => {
  it("carry the same, with attributes under the conventions' names", async () => {
    const published: PublishedEvent[] = [];
    const note = (message: unknown) => published.push(message as PublishedEvent);
    const names = ["call-start", "attempt-start", "attempt", "cache", "reply", "error", "log"];
    for (const name of names) subscribe(`acc:${name}`, note);
    const { client, events } = scripted({ sdk: { scripts: [fails(busy)] } }, quick);
    await client.chat(asked, { user: "ada" }).catch(() => {});
    for (const name of names) unsubscribe(`acc:${name}`, note);
    expect(published.map(({ event }) => event)).toEqual(events);
    for (const { attributes } of published) {
      expect(attributes).toMatchObject({
        "gen_ai.provider.name": client.provider,
        "gen_ai.request.model": "model-1",
        "acc.call.id": events[0]?.callId,
        "user.id": "ada",
        "acc.metadata.feature": "search",
      });
    }
    const operations = published.map(({ attributes }) => attributes["gen_ai.operation.name"]);
    expect(operations).toEqual(["chat", undefined, undefined, "chat"]);
    expect(published.at(-1)?.attributes).toMatchObject({
      "error.type": "OVERLOADED",
      "http.response.status_code": 529,
      "acc.request.id": "req_1",
    });
  });

  // open-telemetry/semantic-conventions#3163: the input's tokens are all of them.
  it("count a call's tokens once, those of the vendor's cache among the input's", async () => {
    const published: PublishedEvent[] = [];
    const note = (message: unknown) => published.push(message as PublishedEvent);
    const counted = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 90, cacheWriteTokens: 7 };
    const answer = async function* () {
      yield { type: "start" } as const;
      yield { type: "text", text: "a" } as const;
      yield { type: "usage", usage: counted } as const;
      yield { type: "finish", reason: "stop" } as const;
    };
    const cache = openCache({ store: memoryStore() });
    const { client } = scripted({ sdk: { scripts: [answer] } }, { cache });
    for (const name of ["acc:attempt", "acc:reply"]) subscribe(name, note);
    await Promise.all([client.chat("hi"), client.chat("hi")]);
    await client.chat("hi");
    for (const name of ["acc:attempt", "acc:reply"]) unsubscribe(name, note);
    const input = published.map(({ attributes }) => attributes["gen_ai.usage.input_tokens"]);
    expect(input.filter((tokens) => tokens !== undefined)).toEqual([107]);
  });
});
