import { deepEqual, equal, ok } from "node:assert/strict";
import { whole } from "../plays.ts";
import type { Rule } from "../rule.ts";

/** Rules for what the vendor reports in addition to an answer. */
export const toldRules: readonly Rule[] = [
  {
    name: "the id that the vendor gives an answer is the reply's",
    purpose: "A vendor's support asks for it, and so does who compares a bill with what was asked.",
    check: async ({ stage, client }) => {
      const script = whole(stage, { id: "played-id-7" });
      if (!JSON.stringify(script).includes("played-id-7")) return;
      stage.play(script);
      equal((await client().chat("Hello")).id, "played-id-7");
    },
  },
  {
    name: "the vendor's own word for the end of an answer is passed on",
    purpose: "There are more of them than reasons here: who knows the vendor knows what it means.",
    needs: "reasons",
    check: async ({ stage, client }) => {
      for (const finish of ["stop", "length"] as const) {
        if (stage.reasons[finish] === undefined) continue;
        stage.play(whole(stage, { finish }));
        const { finishReason, vendorReason } = await client().chat("Hello");
        deepEqual([finishReason, vendorReason], [finish, stage.reasons[finish]]);
      }
    },
  },
  {
    name: "the limits that the headers tell are the reply's, and are told in an event",
    purpose: "Who asks much must see what is left before it is gone.",
    mode: "sdk",
    needs: "limits",
    check: async ({ stage, client }) => {
      const headers = { "content-type": "text/event-stream", ...stage.limits(41, 50) };
      stage.play({ ...whole(stage), headers });
      const told: unknown[] = [];
      const reply = await client({
        onEvent: (event) => {
          if (event.type === "limits") told.push(event.limits);
        },
      }).chat("Hello");
      const { limit, remaining, resetsAt = Number.NaN } = reply.limits?.requests ?? {};
      deepEqual({ limit, remaining }, { limit: 50, remaining: 41 });
      ok(resetsAt > Date.now(), "The reset is not told as a time that is to come.");
      deepEqual(told, [reply.limits]);
    },
  },
];
