import { setTimeout as sleep } from "node:timers/promises";
import { memoryStore, openCache } from "@acc/cache";
import { expect, it } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { ClientOptions } from "../../src/contract/client.ts";
import { type Script, says } from "../scripted-provider.ts";

/** Clients of one provider whose work takes its time to end when it is aborted. */
function clientsOf() {
  const told: string[] = [];
  const run: Script = async function* (request, context) {
    told.push("begun");
    try {
      await sleep(1000, undefined, { signal: context.signal });
      yield* says("answer")(request, context);
    } catch (error) {
      await sleep(120);
      throw error;
    } finally {
      told.push("wound up");
    }
  };
  const create = defineProvider({
    id: "slow-to-end",
    defaultModel: "m",
    sdk: {
      credentials: ["none"],
      supports: [],
      probe: async () => ({ available: true }),
      run: run as never,
    },
  });
  const open = (options: ClientOptions) => create({ secrets: false, retry: 0, ...options });
  return { open, told };
}

it("close ends what this client alone waits for, and waits until nothing of it runs", async () => {
  const { open, told } = clientsOf();
  const client = open({ cache: openCache({ store: [memoryStore()] }) });
  const chat = expect(client.chat("hi")).rejects.toMatchObject({ code: "CLOSED" });
  await sleep(100);
  await client.close();
  expect(told).toEqual(["begun", "wound up"]);
  await chat;
});

it("close leaves what another client waits for too, and does not wait for it", async () => {
  const { open, told } = clientsOf();
  const cache = openCache({ store: [memoryStore()] });
  const [first, second] = [open({ cache }), open({ cache })];
  const closed = expect(first.chat("hi")).rejects.toMatchObject({ code: "CLOSED" });
  await sleep(50);
  const answer = second.chat("hi");
  await sleep(50);
  await first.close();
  expect(told).toEqual(["begun"]);
  await closed;
  expect((await answer).text).toBe("answer");
  expect(told).toEqual(["begun", "wound up"]);
});

it("the same call under another cache is another flight: close does not wait for it", async () => {
  const { open, told } = clientsOf();
  const [first, second] = [1, 2].map(() => open({ cache: openCache({ store: [memoryStore()] }) }));
  const answer = second?.chat("hi");
  await sleep(30);
  const closed = expect(first?.chat("hi")).rejects.toMatchObject({ code: "CLOSED" });
  await sleep(60);
  await first?.close();
  await closed;
  expect(told).toEqual(["begun", "begun", "wound up"]);
  expect((await answer)?.text).toBe("answer");
});
