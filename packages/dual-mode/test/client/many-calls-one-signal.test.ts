import { getEventListeners } from "node:events";
import { expect, it, vi } from "vitest";
import { hangs, says, scripted } from "../scripted-provider.ts";

// langchainjs#7963, claude-code#2629: MaxListenersExceededWarning where calls share a signal.
it("many calls at once add one listener to their caller's signal, and each hears of the abort", async () => {
  const { client, ran } = scripted({ sdk: { scripts: [hangs([{ type: "start" }])] } });
  const caller = new AbortController();
  const calls = Array.from({ length: 40 }, (_, number) =>
    client.chat(`${number}`, { signal: caller.signal, cache: "off" }).catch(({ code }) => code),
  );
  await vi.waitFor(() => expect(ran).toHaveLength(40));
  expect(getEventListeners(caller.signal, "abort")).toHaveLength(1);
  caller.abort();
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["ABORTED"]));
});

it("a call that has ended hears of no abort", async () => {
  const { client } = scripted({ sdk: { scripts: [says("one"), says("two")] } });
  const caller = new AbortController();
  expect((await client.chat("1", { signal: caller.signal })).text).toBe("one");
  expect((await client.chat("2", { signal: caller.signal })).text).toBe("two");
  expect(getEventListeners(caller.signal, "abort")).toHaveLength(0);
  caller.abort();
  await expect(client.chat("3", { signal: caller.signal })).rejects.toMatchObject({
    code: "ABORTED",
  });
});
