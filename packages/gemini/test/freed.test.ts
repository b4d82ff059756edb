import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { sdk } from "../src/sdk/mode.ts";

const request: CanonicalRequest = {
  model: "gemini-2.5-flash",
  messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }],
};

/** Weak references to the signals that `AbortSignal.any` makes while `work` goes on. */
async function madeBy(work: () => Promise<void>): Promise<readonly WeakRef<AbortSignal>[]> {
  const made: WeakRef<AbortSignal>[] = [];
  const { any } = AbortSignal;
  AbortSignal.any = (signals) => {
    const signal = any.call(AbortSignal, signals);
    made.push(new WeakRef(signal));
    return signal;
  };
  try {
    await work();
  } finally {
    AbortSignal.any = any;
  }
  return made;
}

// nodejs/node#64476, qwen-code#4810: packages of vendors leave their listeners on the signal of a call,
// and a signal of AbortSignal.any that has one is never freed.
it.each(["genai", "generative-ai"] as const)(
  "a call through @google/%s leaves nothing in memory",
  async (name) => {
    const server = await startLoopbackServer(plays("gemini", "Hello"));
    const made = await madeBy(async () => {
      for (let call = 0; call < 20; call += 1) {
        const context = { ...runContext(server.url), options: { sdk: name } };
        const { error } = await outcomeOf(sdk.run(request, context));
        expect(error).toBeUndefined();
      }
    });
    await server.close();
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    await expect
      .poll(async () => {
        await sleep(10);
        collect();
        return made.filter((signal) => signal.deref() !== undefined).length;
      })
      .toBeLessThan(5);
  },
);
