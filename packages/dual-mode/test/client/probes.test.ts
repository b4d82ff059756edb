import { expect, it, vi } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { Availability } from "../../src/contract/provider.ts";
import { says } from "../scripted-provider.ts";

let count = 0;

/** A client with one mode, whose probe stands still until it is told to stop or may answer. */
function probed() {
  const seen = { begun: 0, ended: 0 };
  let answer = (_: Availability) => {};
  count += 1;
  const create = defineProvider({
    id: `looked-at-${count}`,
    defaultModel: "model-1",
    cli: {
      credentials: ["none"],
      supports: [],
      probe: ({ signal }) =>
        new Promise<Availability>((resolve, reject) => {
          seen.begun += 1;
          answer = resolve;
          signal.addEventListener("abort", () => {
            setTimeout(() => {
              seen.ended += 1;
              reject(signal.reason);
            }, 20);
          });
        }),
      run: says("ok"),
    },
  });
  const client = create({ secrets: false, cache: false });
  return { client, seen, answer: () => answer({ available: true }) };
}

it("a call that is aborted while its mode is looked at leaves nothing of the probe", async () => {
  const { client, seen } = probed();
  const stop = new AbortController();
  const call = client.chat("hi", { signal: stop.signal }).catch(({ code }) => code);
  await vi.waitFor(() => expect(seen.begun).toBe(1));
  stop.abort();
  expect(await call).toBe("ABORTED");
  expect(seen.ended).toBe(1);
  await client.close();
});

it("a probe goes on for whoever still waits for it", async () => {
  const { client, seen, answer } = probed();
  const stop = new AbortController();
  const first = client.chat("first", { signal: stop.signal }).catch(({ code }) => code);
  const second = client.chat("second");
  await vi.waitFor(() => expect(seen.begun).toBe(1));
  stop.abort();
  expect(await first).toBe("ABORTED");
  answer();
  expect(await second).toMatchObject({ text: "ok" });
  expect(seen.begun).toBe(1);
  await client.close();
});

it("a mode is looked at anew after a probe that was ended", async () => {
  const { client, seen, answer } = probed();
  const stop = new AbortController();
  const first = client.chat("hi", { signal: stop.signal }).catch(({ code }) => code);
  await vi.waitFor(() => expect(seen.begun).toBe(1));
  stop.abort();
  const second = client.chat("hi again");
  expect(await first).toBe("ABORTED");
  await vi.waitFor(() => expect(seen.begun).toBe(2));
  answer();
  expect(await second).toMatchObject({ text: "ok" });
  await client.close();
});

it("close waits until a probe has been wound up", async () => {
  const { client, seen } = probed();
  const call = client.chat("hi").catch(({ code }) => code);
  await vi.waitFor(() => expect(seen.begun).toBe(1));
  await client.close();
  expect(seen.ended).toBe(1);
  expect(await call).toBe("CLOSED");
});
