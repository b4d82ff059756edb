import { createSecret } from "@acc/secrets";
import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import type { RunContext } from "../../src/contract/mode-context.ts";
import type { Part } from "../../src/contract/part.ts";
import { DualModeError } from "../../src/error.ts";
import { postJson } from "../../src/http/post-json.ts";
import { broken, changed, sdk } from "./break-a-mode.ts";
import type { Broken } from "./broken.ts";
import { minimalProvider } from "./minimal-provider.ts";

async function* insistent(request: CanonicalRequest, context: RunContext<object>) {
  try {
    yield* sdk(request, context);
  } catch {
    yield* sdk(request, context);
  }
}

let lastRequest: CanonicalRequest | undefined;

async function* forgetful(request: CanonicalRequest, context: RunContext<object>) {
  lastRequest = request;
  await new Promise((resolve) => setTimeout(resolve, 20));
  yield* sdk(lastRequest, context);
}

async function* deaf(request: CanonicalRequest, context: RunContext<object>): AsyncGenerator<Part> {
  const { signal } = new AbortController();
  const url = `${context.baseUrl}/chat/completions`;
  const response = await postJson(url, request, { signal });
  yield { type: "start" };
  const reader = response.body?.getReader();
  await reader?.read();
  yield { type: "text", text: "Once upon " };
  await reader?.read();
}

async function* talkative(request: CanonicalRequest, context: RunContext<object>) {
  const { credential, baseUrl = "" } = context;
  const key = credential.kind === "key" ? credential.secret.reveal() : "";
  yield* sdk(request, { ...context, baseUrl: `${baseUrl}/${key}` });
}

const emptyKey: RunContext<object>["credential"] = {
  kind: "key",
  source: "option",
  secret: createSecret("minimal_api_key", "undefined", "explicit"),
};

export const brokenCalls: readonly Broken[] = [
  broken("sdk: an attempt asks the vendor once", "tries again by itself", insistent),
  broken("sdk: two calls at once do not mix", "keeps the request in its module", forgetful),
  broken(
    "sdk: an abort ends the call with ABORTED and leaves nothing running",
    "does not hear the signal",
    deaf,
  ),
  broken(
    "sdk: a call out of time is DEADLINE_EXCEEDED and leaves nothing running",
    "does not hear the signal",
    deaf,
  ),
  changed("sdk: a call without a key is MISSING_CREDENTIALS, or it needs none", "sends no key", {
    credentials: ["none"],
    run: (request, context) => sdk(request, { ...context, credential: emptyKey }),
  }),
  changed("cli: a call without a key is MISSING_CREDENTIALS, or it needs none", "says it its way", {
    credentials: ["none"],
    run: () => {
      throw new DualModeError("INVALID_REQUEST", "There is no key.");
    },
  }),
  {
    rule: "sdk: what is asked of the cache alone is NOT_CACHED, and nobody is asked",
    fault: "drops the options of a call",
    create: (options) => {
      const client = minimalProvider()(options);
      return { ...client, chat: (input) => client.chat(input) };
    },
  },
  ...(["sdk", "cli"] as const).map(
    (mode): Broken => ({
      rule: `${mode}: an answer that repeats the key says so: SECRET_IN_ANSWER`,
      fault: "drops the warnings",
      create: (options) => {
        const client = minimalProvider()(options);
        const chat: typeof client.chat = async (...asked) => ({
          ...(await client.chat(...asked)),
          warnings: [],
        });
        return { ...client, chat };
      },
    }),
  ),
  broken(
    "sdk: neither key nor prompt is in the address or the arguments",
    "has the key in the address",
    talkative,
  ),
];
