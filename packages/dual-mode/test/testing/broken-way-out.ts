import type { ClientOptions } from "../../src/contract/client.ts";
import type { Part } from "../../src/contract/part.ts";
import type { ProviderMode } from "../../src/contract/provider.ts";
import { DualModeError } from "../../src/error.ts";
import { toChatBody } from "../../src/kit/chat-body.ts";
import type { Broken } from "./broken.ts";
import { minimalProvider, modes } from "./minimal-provider.ts";

type Run = ProviderMode<object>["run"];

const broken = (rule: string, fault: string, run: Run): Broken => ({
  ...{ fault, rule },
  create: minimalProvider({ sdk: { ...modes.sdk, run } }),
});

/** Asks by the global fetch, and has the whole answer in memory before it looks at it. */
const byHand = (read: (answer: string) => readonly Part[]): Run =>
  async function* (request, { baseUrl, credential, signal }) {
    const key = credential.kind === "key" ? credential.secret.reveal() : "";
    const response = await fetch(`${baseUrl}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(toChatBody(request)),
      signal,
    });
    yield* read(await response.text());
  };

const refused = (code: "INVALID_REQUEST" | "INVALID_OUTPUT", message: string): never => {
  throw new DualModeError(code, message);
};

/** Changes the key before the client gets it. */
const rekeyed =
  (change: (key: string) => string) =>
  (options: ClientOptions = {}) =>
    minimalProvider()({
      ...options,
      ...(options.apiKey !== undefined && { apiKey: change(options.apiKey) }),
    });

export const brokenWayOut: readonly Broken[] = [
  broken(
    "sdk: a redirect is not followed",
    "follows it",
    byHand((said) => refused("INVALID_REQUEST", said)),
  ),
  broken(
    "sdk: output without bound is OUTPUT_TOO_LARGE",
    "reads all of it",
    byHand(() => refused("INVALID_OUTPUT", "There is no event in it.")),
  ),
  broken(
    "sdk: an answer without end is OUTPUT_TOO_LARGE",
    "takes all of it",
    byHand((answer) => [
      { type: "start" },
      { type: "text", text: answer.slice(0, 100) },
      { type: "finish", reason: "stop" },
    ]),
  ),
  broken(
    "sdk: a refusal without end is told by its beginning",
    "takes it for an answer",
    byHand((answer) => [
      { type: "start" },
      { type: "text", text: answer.slice(0, 100) },
      { type: "finish", reason: "stop" },
    ]),
  ),
  broken(
    "sdk: long words of a refusal neither fill an error nor stop the program",
    "looks through them by a slow pattern",
    byHand((said) => {
      const isModel = /model.?(.*does not exist)/.test(said);
      return refused("INVALID_REQUEST", isModel ? "There is no such model." : "It was refused.");
    }),
  ),
  {
    rule: "sdk: white space around a key does not go out",
    fault: "takes a key with a line break for none",
    create: rekeyed((key) => (key.trim() === key ? key : "another-key\n…")),
  },
  {
    rule: "sdk: a key that no header can carry is refused, and nobody is asked",
    fault: "leaves the characters out",
    create: rekeyed((key) => key.replaceAll(/[^ -~]/g, "")),
  },
];
