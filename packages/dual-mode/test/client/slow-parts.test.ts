import { describe, expect, it } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import { DualModeError } from "../../src/error.ts";
import { fails, says, scripted } from "../scripted-provider.ts";

describe("what is slow", () => {
  it.each([
    ["a probe", { probe: () => new Promise<never>(() => {}) }, {}],
    [
      "the secrets store",
      {},
      { secrets: { getAll: () => new Promise(() => {}) } as never, apiKey: undefined },
    ],
  ])("%s does not outlast the deadline, nor close", async (_, mode, options) => {
    const slow = {
      credentials: ["key"],
      supports: [],
      probe: async () => ({ available: true }),
      run: fails("never") as never,
      ...mode,
    } as const;
    const create = defineProvider({
      id: "slow",
      defaultModel: "m",
      credential: { name: "slow_api_key", env: [] },
      sdk: slow as never,
    });
    const client = create({
      cache: false,
      secrets: false,
      apiKey: "slow-slow-key",
      ...options,
    } as never);
    const started = performance.now();
    await expect(client.chat("hi", { timeout: 80 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    const later = client.chat("hi").catch(({ code }) => code);
    await client.close();
    expect(await later).toBe("CLOSED");
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("a schema's check does not outlast the deadline", async () => {
    const { client } = scripted({ sdk: { scripts: [says("{}")] } });
    const schema = { jsonSchema: {}, validate: () => new Promise(() => {}) };
    const asked = client.chat(
      { messages: [{ role: "user", content: "hi" }], schema },
      { timeout: 80 },
    );
    await expect(asked).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  });

  it("a vendor that asks for a long wait is left for another mode that is open", async () => {
    const busy = new DualModeError("OVERLOADED", "Busy.", { retryAfter: 60_000 });
    const { client, ran } = scripted(
      { sdk: { scripts: [fails(busy)] }, cli: { scripts: [says("ok")] } },
      { billing: "key" },
    );
    expect((await client.chat("hi")).text).toBe("ok");
    expect(ran).toEqual(["sdk option", "cli option"]);
  });
});
