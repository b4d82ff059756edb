import { createGroq } from "@acc/groq";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { clientNames } from "../../packages/server/test/support/redis-clients.ts";
import { hasRedisServer } from "../../packages/server/test/support/redis-server.ts";
import { startMockServer } from "../../scripts/mock-server.ts";
import { twoMachines } from "./two-machines.ts";

vi.setConfig({ testTimeout: 60_000 });

const apiKeys = ["gsk-of-a-test-aaaa", "gsk-of-a-test-bbbb", "gsk-of-a-test-cccc"];

describe.runIf(hasRedisServer()).each(clientNames)("a pool of keys by %s", (name) => {
  // BerriAI/litellm#871: what each process knows alone has all of them begin with the same key.
  it("is begun by each machine with another key, and gone round by each from there", async () => {
    const { one, other } = await twoMachines(name);
    const vendor = await startMockServer();
    onTestFinished(() => vendor.close());
    const open = (state: typeof one) => {
      const client = createGroq({
        apiKeys,
        state,
        baseUrl: vendor.url,
        secrets: false,
        cache: false,
      });
      onTestFinished(() => client.close());
      return async (prompt: string) => {
        const { attempts } = await client.chat(prompt, { only: "sdk" });
        return attempts.at(-1)?.credential;
      };
    };
    const [here, there] = [open(one), open(other)];
    const begun = [await here("one"), await there("one")];
    expect(begun[0]).not.toBe(begun[1]);
    const round = async (ask: typeof here, first: string | undefined) =>
      new Set([first, await ask("two"), await ask("three")]);
    for (const [at, ask] of [here, there].entries()) {
      expect(await round(ask, begun[at])).toEqual(
        new Set(apiKeys.map((_, place) => `option[${place}]`)),
      );
    }
  });
});
