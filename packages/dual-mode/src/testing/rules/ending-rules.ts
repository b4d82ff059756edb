import { rejects } from "node:assert/strict";
import { expectCode } from "../outcome.ts";
import { paused } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";
import type { Script } from "../script.ts";
import { waitFor } from "../wait-for.ts";

/** Rules for calls that end before their answer: nothing may be left. */
export const endingRules: readonly Rule[] = [
  {
    name: "an abort ends the call with ABORTED and leaves nothing running",
    purpose: "A caller who aborts must not be kept waiting, nor pay for what nobody reads.",
    check: async ({ stage, client }) => {
      stage.play(standing({ stage }));
      const abort = new AbortController();
      const read = async () => {
        const stream = client().stream("Hello", { signal: abort.signal });
        for await (const part of stream) if (part.type === "text") abort.abort();
      };
      await rejects(read(), { code: "ABORTED" });
      await nothingLeft({ stage });
    },
  },
  {
    name: "leaving the loop of a stream leaves nothing running",
    purpose: "A caller who has read enough must not pay for the rest.",
    check: async ({ stage, client }) => {
      stage.play(standing({ stage }));
      for await (const part of client().stream("Hello")) if (part.type === "text") break;
      await nothingLeft({ stage });
    },
  },
  {
    name: "close ends the calls in flight with CLOSED and leaves nothing running",
    purpose: "A host that ends must leave no process and no connection.",
    check: async ({ stage, client }) => {
      stage.play(standing({ stage }));
      const closing = client();
      const call = closing.chat("Hello");
      const closed = rejects(call, { code: "CLOSED" });
      await waitFor("The vendor was not asked.", () => stage.sent().length > 0);
      await closing.close();
      await closed;
      await nothingLeft({ stage });
    },
  },
  {
    name: "a call out of time is DEADLINE_EXCEEDED and leaves nothing running",
    purpose: "A caller gave the whole call so much time: no provider may take more of it.",
    check: async ({ stage, client }) => {
      stage.play(standing({ stage }));
      await expectCode(client({ timeout: { total: 1_500 } }), "DEADLINE_EXCEEDED");
      await nothingLeft({ stage });
    },
  },
  {
    name: "a time-out leaves nothing running",
    purpose: "The next attempt begins when this one is gone, or two are paid.",
    check: async ({ stage, client }) => {
      stage.play({ steps: [{ fork: true }, { hold: true }], ending: "end" });
      await client({ timeout: { firstPart: 1_500 } })
        .chat("Hello")
        .catch(() => {});
      await nothingLeft({ stage });
    },
  },
];

/** An answer that stops after its first words; a command has also started another process. */
function standing({ stage }: Pick<Ground, "stage">): Script {
  const { steps, ending } = paused(stage);
  return { steps: [{ fork: true }, ...steps], ending };
}

async function nothingLeft({ stage }: Pick<Ground, "stage">): Promise<void> {
  const what = stage.mode === "cli" ? "A process was" : "A connection was";
  await waitFor(`${what} left.`, () => stage.alive() === 0);
}
