import { equal, ok } from "node:assert/strict";
import { DualModeError } from "../../error.ts";
import { fault } from "../fault.ts";
import { expectCode, failureOf, thrownBy } from "../outcome.ts";
import { half, plain, whole, written } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";

const redirects = [301, 302, 303, 307, 308];
/** Bytes of an answer that are more than a provider may read. */
const tooMuch = 68 * 1024 * 1024;
/** The longest error, in UTF-16 units. */
const mostWords = 64 * 1024;
/** Milliseconds for which a program may be blocked by a vendor's text. */
const longestStandstill = 1_500;

/**
 * Rules for what is sent, and for how much is read: a vendor, or somebody in its place, may be
 * malicious.
 */
export const wayOutRules: readonly Rule[] = [
  {
    name: "a redirect is not followed",
    purpose: "It would carry the key and the prompt to whom the redirect names.",
    mode: "sdk",
    check: async ({ stage, client, key }) => {
      for (const status of redirects) {
        const headers = { location: "/elsewhere" };
        stage.play({ status, headers, steps: [], ending: "end" });
        await failureOf(client({ apiKey: `${key}-${status}` }));
      }
      equal(stage.sent().length, redirects.length, "What was sent went on.");
    },
  },
  {
    name: "output without bound is OUTPUT_TOO_LARGE",
    purpose: "A vendor or command that runs wild must not fill the memory of its host.",
    check: async ({ stage, client }) => {
      stage.play({ steps: [{ flood: tooMuch }], ending: "end" });
      await expectCode(client(), "OUTPUT_TOO_LARGE");
    },
  },
  {
    name: "an answer without end is OUTPUT_TOO_LARGE",
    purpose: "Events that can be read fill the memory as well.",
    mode: "sdk",
    check: async ({ stage, client }) => {
      const events = stage.answer({ ...plain, texts: [piece] });
      const event = events.find((each) => each.includes(piece)) ?? "";
      const count = Math.ceil(tooMuch / piece.length);
      stage.play(half(stage, { steps: written(new Array(count).fill(event)) }));
      await expectCode(client({ timeout: 60_000 }), "OUTPUT_TOO_LARGE");
    },
  },
  {
    name: "a refusal without end is told by its beginning",
    purpose: "An error is logged and sent around: it must not be as large as a stranger likes.",
    mode: "sdk",
    check: async ({ stage, client }) => {
      const headers = { "content-type": "text/plain" };
      stage.play({ status: 400, headers, steps: [{ flood: tooMuch }], ending: "end" });
      const error = await failureOf(client());
      ok(sizeOf(error) < mostWords, `The error is ${sizeOf(error)} characters long.`);
    },
  },
  {
    name: "long words of a refusal neither fill an error nor stop the program",
    purpose: "A pattern whose time grows with the square of a text stops every call of the host.",
    check: longWords,
  },
  {
    name: "white space around a key does not go out",
    purpose: "A key read from a file ends with a line break.",
    check: async ({ stage, client, key }) => {
      stage.play(whole(stage));
      await client({ apiKey: `${key}\n` }).chat("Hello");
      const given = stage.sent().flatMap(({ surroundings }) => Object.values(surroundings));
      ok(!given.some((value) => value.includes(`${key}\n`)), "The line break is there.");
    },
  },
  {
    name: "a key that no header can carry is refused, and nobody is asked",
    purpose:
      "A key that was pasted with an ellipsis is told by name, not as a fault of the network.",
    check: async ({ stage, client, key }) => {
      stage.play(whole(stage));
      const apiKey = `${key.slice(0, 8)}…${key.slice(8)}`;
      const [status] = await client({ apiKey: undefined }).status();
      if (status?.credential === undefined) return;
      const error = await thrownBy(client({ apiKey }));
      equal(error.code, "INVALID_REQUEST");
      ok(!error.message.includes(apiKey), "The key is shown.");
      equal(stage.sent().length, 0, "The vendor was asked.");
    },
  },
];

const piece = "x".repeat(60_000);

async function longWords({ stage, client }: Ground): Promise<void> {
  const message = "model exceeds your quota: [429 hit your limit ".repeat(6_000);
  stage.play(stage.refusal({ ...fault, status: 400, message }));
  const asking = client();
  await asking.status();
  let last = performance.now();
  let standstill = 0;
  const look = () => {
    standstill = Math.max(standstill, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 10);
  const error = await asking.chat("Hello").catch((thrown: unknown) => thrown);
  look();
  clearInterval(timer);
  ok(standstill < longestStandstill, `The program stood still for ${Math.round(standstill)} ms.`);
  ok(DualModeError.is(error), `No failure with a code came, but: ${String(error).slice(0, 300)}`);
  ok(sizeOf(error) < mostWords, `The error is ${sizeOf(error)} characters long.`);
}

function sizeOf(error: DualModeError): number {
  return JSON.stringify(error).length + String(error.cause).length;
}
