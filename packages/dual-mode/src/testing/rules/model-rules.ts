import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { ListOptions, ProviderModels } from "../../contract/client.ts";
import type { PlayedFailure } from "../played-answer.ts";
import type { Ground, Rule } from "../rule.ts";
import { waitFor } from "../wait-for.ts";

const names = ["played-model-one", "played-model-two"];
const refusedKey: PlayedFailure = {
  code: "AUTHENTICATION_FAILED",
  status: 401,
  type: "invalid_api_key",
  message: "Invalid API key.",
};

/** A rule for providers that list models. A provider that does not must not ask the vendor. */
function listing(rule: Omit<Rule, "mode">): Rule {
  return {
    ...rule,
    mode: "sdk",
    check: async (ground) => {
      ground.stage.play(ground.stage.refusal(refusedKey));
      const { error } = await list(ground);
      if (error?.code !== "UNSUPPORTED_FEATURE") return rule.check(ground);
      equal(ground.stage.sent().length, 0, "It does not list models, and asked the vendor.");
    },
  };
}

async function list({ client }: Ground, options?: ListOptions): Promise<ProviderModels> {
  const [entry] = await client().listModels(options);
  if (entry === undefined) throw new Error("listModels gave nothing.");
  return entry;
}

/** Rules for the list of usable models, if the provider has one. */
export const modelRules: readonly Rule[] = [
  listing({
    name: "models are not listed, or they are told as the vendor lists them",
    purpose: "A user chooses among them: one that is missing or made up misleads.",
    check: async (ground) => {
      const script = ground.stage.models(names);
      ok(script, "The wire has no words for a list: give it models().");
      ground.stage.play(script);
      const before = ground.stage.sent().length;
      const { usable, error } = await list(ground);
      if (error !== undefined) throw error;
      deepEqual(usable?.models, names);
      equal(usable?.mode, "sdk");
      equal(ground.stage.sent().length - before, 1, "One page takes one request.");
    },
  }),
  listing({
    name: "models are not listed, or a refused key is AUTHENTICATION_FAILED there too",
    purpose: "Listing is the call that tests a key without spending: it must not pass for good.",
    check: async (ground) => {
      const { key, stage } = ground;
      stage.play(stage.refusal({ ...refusedKey, message: `Invalid API key: ${key}` }));
      const { usable, error } = await list(ground);
      deepEqual([usable, error?.code], [undefined, "AUTHENTICATION_FAILED"]);
      const sent = stage.sent();
      ok(!sent.some(({ exposed }) => exposed.includes(key)), "The key is in the address.");
      const given = sent.flatMap(({ surroundings }) => Object.values(surroundings));
      const known = given.some((value) => value.includes(key));
      const shown = JSON.stringify([error, error?.stack]);
      ok(!known || !shown.includes(key), "The key is in the error.");
    },
  }),
  listing({
    name: "models are not listed, or an abort ends the listing and leaves nothing running",
    purpose: "A caller who leaves must not be kept waiting by a vendor that says nothing.",
    check: async (ground) => {
      const { stage } = ground;
      const abort = new AbortController();
      const before = stage.sent().length;
      stage.play({ steps: [{ hold: true }], ending: "end" });
      const told = list(ground, { signal: abort.signal });
      const ended = rejects(told, { code: "ABORTED" });
      await waitFor("Nobody was asked.", () => stage.sent().length > before);
      abort.abort();
      await ended;
      await waitFor("The connection is still open.", () => stage.alive() === 0);
    },
  }),
];
