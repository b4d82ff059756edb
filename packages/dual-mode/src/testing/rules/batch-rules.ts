import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import type { BatchResult } from "../../contract/mode-batch.ts";
import type { VendorBatches } from "../../contract/vendor-batches.ts";
import { DualModeError } from "../../error.ts";
import type { PlayedFailure } from "../played-answer.ts";
import type { PlayedBatches, PlayedOutcome } from "../played-batches.ts";
import { plain } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";

const mark = "acc0mark7";
const prompts = ["the first of two", "the second of two"];
const ids = [`${mark}-0`, `${mark}-1`];

/** A batch of the two prompts on the server that plays the vendor. */
interface Submitted {
  readonly batches: VendorBatches;
  readonly played: PlayedBatches;
  readonly id: string;
  readonly signal: AbortSignal;
}

/** A rule for providers that have batches. A provider without them must not ask the vendor. */
function batching(
  name: string,
  purpose: string,
  check: (ground: Ground, batches: VendorBatches) => Promise<void>,
): Rule {
  return {
    name: `there are no batches, or ${name}`,
    purpose,
    mode: "sdk",
    async check(ground) {
      const client = ground.client();
      ok(client.vendorBatches, "defineProvider makes it.");
      let batches: VendorBatches;
      try {
        batches = await client.vendorBatches();
      } catch (error) {
        if (!DualModeError.is(error) || error.code !== "UNSUPPORTED_FEATURE") throw error;
        equal(ground.stage.sent().length, 0, "It has no batches, and asked the vendor.");
        return;
      }
      await check(ground, batches);
    },
  };
}

/** A rule for a batch that was submitted. */
function submitted(
  name: string,
  purpose: string,
  check: (submitted: Submitted, ground: Ground) => Promise<void>,
): Rule {
  return batching(name, purpose, async (ground, batches) => {
    const { played } = ground.stage;
    ok(played, "The wire has no words for batches: give it batches().");
    const { signal } = new AbortController();
    const id = await batches.submit(await linesOf(batches), mark, signal);
    await check({ batches, played, id, signal }, ground);
  });
}

async function linesOf(batches: VendorBatches) {
  const lines = prompts.map(async (prompt, index) => {
    const { body } = await preparedLine(batches, prompt);
    return { id: ids[index] ?? "", body };
  });
  return Promise.all(lines);
}

async function preparedLine(batches: VendorBatches, prompt: string) {
  const prepared = await batches.prepare({ messages: [{ role: "user", content: prompt }] }, {});
  if ("reply" in prepared) throw new Error("There is no cache, and a line is answered.");
  return prepared;
}

/** Ends a batch with the outcomes of its lines, the last first. */
function end({ played }: Submitted, outcomes: readonly PlayedOutcome[]): void {
  const [batch] = played.all;
  const told = ids.flatMap((id, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : { id, outcome };
  });
  played.turn(batch?.id ?? "", { state: "ended", outcomes: told.reverse() });
}

/** Returns the outcomes of the two lines: the text of an answer, or the code of a failure. */
async function told({ batches, id, signal }: Submitted): Promise<readonly string[]> {
  const results: BatchResult[] = [];
  await batches.results(id, (result) => void results.push(result), signal);
  const rest = results.find((result) => result.id === undefined);
  return Promise.all(
    ids.map(async (line, index) => {
      const found = results.find((result) => result.id === line) ?? rest;
      if (found === undefined) return "none";
      const content = prompts[index] ?? "";
      const request = { messages: [{ role: "user", content }] } as const;
      const { digest } = await preparedLine(batches, content);
      const { result } = found;
      const came = await batches.reply(request, { digest, result }, { cache: "off" });
      if ("isOther" in came) return "another request";
      return "reply" in came ? came.reply.text : came.failure.code;
    }),
  );
}

const answer = (text: string): PlayedOutcome => ({ answer: { ...plain, texts: [text] } });
const refusedKey: PlayedFailure = {
  ...{ code: "AUTHENTICATION_FAILED", status: 401, type: "invalid_api_key" },
  message: "Invalid API key.",
};
const refusedLine: PlayedFailure = {
  ...{ code: "INVALID_REQUEST", status: 400, type: "invalid_request_error" },
  message: "A member is wrong.",
};

/** Rules for a vendor's own batches and their results. */
export const batchRules: readonly Rule[] = [
  submitted(
    "one submission makes one batch, of every line under its own id",
    "What is submitted twice is paid twice, and what loses its id is nobody's answer.",
    async ({ batches, played }, { stage }) => {
      equal(played.all.length, 1, "There is more than one batch, or none.");
      const lines = played.all[0]?.lines ?? [];
      deepEqual(lines.map(({ id }) => id).sort(), ids);
      for (const [index, prompt] of prompts.entries()) {
        const line = lines.find(({ id }) => id === ids[index]);
        ok(JSON.stringify(line?.body).includes(prompt), `"${prompt}" is not under its id.`);
      }
      ok(batches.most.lines > 0 && batches.most.bytes > 0, "It takes nothing as one batch.");
      ok(batches.priceShare > 0 && batches.priceShare <= 1, "It has no share of the price.");
      const shown = stage
        .sent()
        .map(({ exposed }) => exposed)
        .join();
      ok(!prompts.some((prompt) => shown.includes(prompt)), "A prompt is in the address.");
    },
  ),
  submitted(
    "a batch is found in the vendor's list by its mark, and no other one for it",
    "A run that was killed would submit it a second time, or take another's answers for its own.",
    async (own) => {
      const { batches, id, signal } = own;
      end(own, [answer("a"), answer("b")]);
      const sought = { mark, lines: 2, after: Date.now() - 60_000, others: [] };
      deepEqual(await batches.find(sought, signal), { id });
      equal(await batches.find({ ...sought, mark: "acc0other9" }, signal), undefined);
    },
  ),
  batching(
    "a list that cannot be read is no list without the batch",
    "What the vendor has would be taken for never submitted, and be submitted again.",
    async ({ stage }, batches) => {
      const headers = { "content-type": "application/json" };
      stage.play({ headers, steps: [{ write: '"nothing"' }], ending: "end" });
      const sought = { mark, lines: 2, after: Date.now(), others: [] };
      const { signal } = new AbortController();
      await rejects(batches.find(sought, signal), { code: "INVALID_OUTPUT" });
    },
  ),
  submitted(
    "a batch has ended when the vendor says so, and not in a state that is not known",
    "Vendors add states: a batch that still runs would have its lines fail without a result.",
    async (own) => {
      const { batches, played, id, signal } = own;
      equal(await batches.hasEnded(id, signal), false, "It runs.");
      const [{ id: at } = { id: "" }] = played.all;
      played.turn(at, { state: "moving" });
      equal(await batches.hasEnded(id, signal), false, "Its state is not known.");
      end(own, [answer("a"), answer("b")]);
      equal(await batches.hasEnded(id, signal), true, "It has ended.");
    },
  ),
  submitted(
    "results are known by their ids, in whatever order they come",
    "A line would get the answer of another.",
    async (own) => {
      end(own, [answer("one"), answer("two")]);
      deepEqual(await told(own), ["one", "two"]);
    },
  ),
  submitted(
    "a refused line has the code of a plain call, and one that expired is TIMEOUT",
    "A caller asks again for what may pass, and changes what was wrong.",
    async (own) => {
      end(own, [{ failure: refusedLine }, "expired"]);
      deepEqual(await told(own), ["INVALID_REQUEST", "TIMEOUT"]);
    },
  ),
  submitted(
    "a cancelled batch ends, and its lines that were not answered are ABORTED",
    "Who cancels must see an end, and which lines are still to be asked.",
    async (own) => {
      await own.batches.cancel(own.id, own.signal);
      equal(own.played.all[0]?.state, "cancelled", "The vendor was not told.");
      equal(await own.batches.hasEnded(own.id, own.signal), true);
      deepEqual(await told(own), ["ABORTED", "ABORTED"]);
    },
  ),
  batching(
    "a refused key is AUTHENTICATION_FAILED there too, and is not shown",
    "A run must stop at it, and leave its lines to be asked with another key.",
    async ({ stage, key }, batches) => {
      const lines = await linesOf(batches);
      stage.play(stage.refusal({ ...refusedKey, message: `Invalid API key: ${key}` }));
      const { signal } = new AbortController();
      const thrown = await batches.submit(lines, mark, signal).then(
        () => undefined,
        (error: unknown) => error,
      );
      ok(DualModeError.is(thrown), "It was submitted all the same.");
      deepEqual([thrown.code, thrown.status], ["AUTHENTICATION_FAILED", 401]);
      notEqual(stage.sent().length, 0, "Nobody was asked.");
      ok(!JSON.stringify([thrown, thrown.stack]).includes(key), "The key is in the error.");
    },
  ),
];
