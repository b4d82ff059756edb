import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { createSecret } from "@acc/secrets";
import type { CanonicalMessage, CanonicalRequest } from "../../src/contract/canonical.ts";
import type { Code } from "../../src/contract/code.ts";
import type { RunContext } from "../../src/contract/mode-context.ts";
import type { Part } from "../../src/contract/part.ts";
import type { ProviderMode } from "../../src/contract/provider.ts";
import { DualModeError } from "../../src/error.ts";
import { postJson } from "../../src/http/post-json.ts";
import type { Broken } from "./broken.ts";
import { brokenWayOut } from "./broken-way-out.ts";
import { minimalProvider, modes } from "./minimal-provider.ts";

type Run = ProviderMode<object>["run"];

type List = NonNullable<ProviderMode<object>["listModels"]>;

const broken = (rule: string, fault: string, run: Run): Broken => changed(rule, fault, { run });

function changed(rule: string, fault: string, members: Partial<ProviderMode<object>>): Broken {
  const mode = rule.startsWith("cli: ") ? "cli" : "sdk";
  return { fault, rule, create: minimalProvider({ [mode]: { ...modes[mode], ...members } }) };
}

const brokenList = (rule: string, fault: string, listModels: List): Broken =>
  changed(`sdk: models are not listed, or ${rule}`, fault, { listModels });

const sdk = modes.sdk.run;
const lists = modes.sdk.listModels as List;
const finish: Part = { type: "finish", reason: "stop" };

/** Changes each part, or leaves it out. */
function each(run: Run, change: (part: Part) => Part | undefined): Run {
  return async function* (request, context) {
    for await (const part of run(request, context)) {
      const changed = change(part);
      if (changed !== undefined) yield changed;
    }
  };
}

/** Gives another code for one. */
function recoded(code: Code, wrong: Code, run: Run = sdk): Run {
  return caught((error) => {
    throw error.code === code ? new DualModeError(wrong, error.message) : error;
  }, run);
}

/** Meets what the mode throws. */
function caught(meet: (error: DualModeError) => readonly Part[], run: Run = sdk): Run {
  return async function* (request, context) {
    try {
      yield* run(request, context);
    } catch (error) {
      context.signal.throwIfAborted();
      yield* meet(error as DualModeError);
    }
  };
}

const without =
  (name: keyof CanonicalRequest): Run =>
  (request, context) => {
    const { [name]: _, ...rest } = request;
    return sdk(rest as CanonicalRequest, context);
  };

async function* buffered(request: CanonicalRequest, context: RunContext<object>) {
  const parts: Part[] = [];
  for await (const part of sdk(request, context)) parts.push(part);
  yield* parts;
}

async function* insistent(request: CanonicalRequest, context: RunContext<object>) {
  try {
    yield* sdk(request, context);
  } catch {
    yield* sdk(request, context);
  }
}

/** How the rules end on refusals that blame the account. */
const everyKey = ": every key is asked, and each once";

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

/** A command started by hand, as one would without the kit. */
function byHand(args: (request: CanonicalRequest) => readonly string[]): Run {
  return async function* (request, { command = "" }) {
    const child = spawn(command, args(request), { stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.end(JSON.stringify(request));
    const lines = (await text(child.stdout)).trim().split("\n");
    yield* lines.map((line) => JSON.parse(line) as Part);
  };
}

const inOneTurn: Run = (request, context) =>
  sdk({ ...request, messages: request.messages.slice(-1) }, context);

/** Sends other messages for each. */
function withMessages(change: (message: CanonicalMessage) => readonly CanonicalMessage[]): Run {
  return (request, context) =>
    sdk({ ...request, messages: request.messages.flatMap(change) }, context);
}

const cut: CanonicalMessage = { role: "user", content: [{ type: "text", text: "marked \ud83c" }] };

function numberedAnew(message: CanonicalMessage): CanonicalMessage {
  if (message.role === "tool") return { ...message, toolCallId: "call_1" };
  if (message.role !== "assistant") return message;
  const content = message.content.map((piece) =>
    piece.type === "tool-call" ? { ...piece, id: "call_1" } : piece,
  );
  return { ...message, content };
}

const leavesOutLastPiece = (): Run => {
  return each(sdk, (part) => (part.type === "text" && part.text === "🌍!" ? undefined : part));
};

const emptyKey: RunContext<object>["credential"] = {
  kind: "key",
  source: "option",
  secret: createSecret("minimal_api_key", "undefined", "explicit"),
};

export const brokenProviders: readonly Broken[] = [
  broken(
    "sdk: the id that the vendor gives an answer is the reply's",
    "keeps the answer's id",
    each(sdk, (part) => (part.type === "start" ? { type: "start" } : part)),
  ),
  broken(
    "sdk: the vendor's own word for the end of an answer is passed on",
    "has words of its own for the end",
    each(sdk, (part) =>
      part.type === "finish" ? { ...part, vendorReason: part.reason.toUpperCase() } : part,
    ),
  ),
  broken(
    "sdk: the limits that the headers tell are the reply's, and are told in an event",
    "does not look at the headers",
    each(sdk, (part) => (part.type === "limits" ? undefined : part)),
  ),
  broken("sdk: a chat gives the whole text", "loses a piece", leavesOutLastPiece()),
  broken(
    "sdk: a reply names its mode and the model that answered",
    "names no model",
    each(sdk, (part) => (part.type === "start" ? { type: "start" } : part)),
  ),
  broken(
    "sdk: a stream begins with start, ends with finish, and says what its chat says",
    "begins with a text",
    each(sdk, (part) => (part.type === "start" ? undefined : part)),
  ),
  broken(
    "sdk: a stream gives its first words before the answer has ended",
    "waits for the end",
    buffered,
  ),
  broken(
    "sdk: the tokens that the vendor counts are reported",
    "counts no tokens",
    each(sdk, (part) => (part.type === "usage" ? undefined : part)),
  ),
  broken(
    "sdk: an answer cut by its bound of tokens ends with length",
    "takes every end for a good one",
    each(sdk, (part) => (part.type === "finish" ? finish : part)),
  ),
  broken(
    "sdk: an answer held back by a filter is CONTENT_FILTERED",
    "takes a filtered answer for an empty one",
    each(sdk, (part) => (part.type === "finish" ? finish : part)),
  ),
  broken("sdk: system is refused, or it reaches the vendor", "drops system", without("system")),
  broken(
    "sdk: temperature is refused, or it reaches the vendor",
    "drops temperature",
    without("temperature"),
  ),
  broken(
    "sdk: multiTurn is refused, or it reaches the vendor",
    "sends the last message alone",
    inOneTurn,
  ),
  broken(
    "sdk: text that was cut within a character reaches the vendor well-formed",
    "cuts a text by itself",
    withMessages((message) => (message.role === "user" ? [cut] : [message])),
  ),
  broken(
    "sdk: a turn that says nothing is not sent",
    "puts an empty turn behind each",
    withMessages((message) => [message, { role: "assistant", content: [] }]),
  ),
  broken(
    "sdk: tools are refused, or their results arrive behind the calls and in their order",
    "sends results as they come",
    (request, context) => {
      const isResult = ({ role }: CanonicalMessage) => role === "tool";
      const results = request.messages.filter(isResult).toReversed();
      const messages = request.messages.filter((message) => !isResult(message));
      return sdk({ ...request, messages: [...messages, ...results] }, context);
    },
  ),
  broken(
    "sdk: tools are refused, or the ids of a history's calls are sent as those of different calls",
    "numbers the calls of each turn anew",
    withMessages((message) => [numberedAnew(message)]),
  ),
  broken(
    "sdk: tools are refused, or each call that is told has an id that no other has",
    "knows a call by its tool",
    each(sdk, (part) => (part.type === "tool-call" ? { ...part, id: part.name } : part)),
  ),
  broken(
    "sdk: a refused key is AUTHENTICATION_FAILED",
    "takes it for a wrong request",
    recoded("AUTHENTICATION_FAILED", "INVALID_REQUEST"),
  ),
  broken(
    "sdk: used-up credit is QUOTA_EXHAUSTED",
    "takes it for a limit that passes",
    recoded("QUOTA_EXHAUSTED", "RATE_LIMITED"),
  ),
  broken(
    `sdk: used-up credit that is told as a wrong request is QUOTA_EXHAUSTED${everyKey}`,
    "goes by the status alone",
    recoded("QUOTA_EXHAUSTED", "INVALID_REQUEST"),
  ),
  broken(
    `sdk: used-up credit that is told as a wrong request is QUOTA_EXHAUSTED${everyKey}`,
    "takes it for a fault that passes",
    recoded("QUOTA_EXHAUSTED", "SERVER_ERROR"),
  ),
  broken(
    `sdk: an organization that is shut out by a wrong request is AUTHENTICATION_FAILED${everyKey}`,
    "goes by the status alone",
    recoded("AUTHENTICATION_FAILED", "INVALID_REQUEST"),
  ),
  broken(
    `sdk: a place that is not served is AUTHENTICATION_FAILED${everyKey}`,
    "takes it for a wrong request",
    recoded("AUTHENTICATION_FAILED", "INVALID_REQUEST"),
  ),
  broken(
    `sdk: a model that the key may not use is MODEL_NOT_FOUND${everyKey}`,
    "takes the key for a wrong one",
    recoded("MODEL_NOT_FOUND", "AUTHENTICATION_FAILED"),
  ),
  broken(
    "sdk: a path that the server does not have is WRONG_ADDRESS",
    "asks for another model",
    recoded("WRONG_ADDRESS", "MODEL_NOT_FOUND"),
  ),
  broken(
    "sdk: a prompt that is too long is CONTEXT_TOO_LONG",
    "takes it for a fault that passes",
    recoded("CONTEXT_TOO_LONG", "SERVER_ERROR"),
  ),
  broken(
    "sdk: a fault of the server is SERVER_ERROR",
    "throws an error without a code",
    caught(({ message }) => {
      throw new Error(message);
    }),
  ),
  broken(
    "sdk: the wait that the vendor asks for is passed on",
    "drops the wait",
    caught(({ code, message }) => {
      throw new DualModeError(code, message);
    }),
  ),
  broken(
    "sdk: an answer cut in mid-stream is no answer",
    "takes what came for an answer",
    caught(() => [finish]),
  ),
  broken(
    "sdk: an answer that ends without its last event is no answer",
    "takes what came for an answer",
    caught(() => [finish]),
  ),
  broken(
    "sdk: nothing at all is INVALID_OUTPUT",
    "makes up an answer",
    caught(() => [{ type: "start" }, { type: "text", text: "No answer." }, finish]),
  ),
  broken("sdk: an attempt asks the vendor once", "tries again by itself", insistent),
  broken("sdk: two calls at once do not mix", "keeps the request in its module", forgetful),
  broken(
    "sdk: an abort ends the call with ABORTED and leaves nothing running",
    "does not hear the signal",
    deaf,
  ),
  broken(
    "sdk: neither key nor prompt is in the address or the arguments",
    "has the key in the address",
    talkative,
  ),
  brokenList("they are told as the vendor lists them", "makes up a model", async (context) => [
    ...(await lists(context)),
    "made-up",
  ]),
  brokenList(
    "a refused key is AUTHENTICATION_FAILED there too",
    "takes a refused key for a key without models",
    (context) => lists(context).catch(() => []),
  ),
  brokenList(
    "an abort ends the listing and leaves nothing running",
    "does not hear the signal while it lists",
    (context) => lists({ ...context, signal: new AbortController().signal }),
  ),
  broken(
    "cli: neither key nor prompt is in the address or the arguments",
    "has the prompt in the arguments",
    byHand((request) => [JSON.stringify(request.messages)]),
  ),
  broken(
    "cli: a command's environment is made from nothing",
    "hands its environment on",
    byHand(() => []),
  ),
  broken(
    "cli: a command runs in a private folder",
    "runs it where it is itself",
    byHand(() => []),
  ),
  broken(
    "cli: an exit code other than 0 after an answer is CLI_CRASHED",
    "does not look at the exit code",
    byHand(() => []),
  ),
  broken(
    "cli: lines that are no events are skipped",
    "parses every line",
    byHand(() => []),
  ),
  broken(
    "cli: leaving the loop of a stream leaves nothing running",
    "waits for the command",
    byHand(() => []),
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
  broken(
    "cli: neither system prompt nor earlier turns are in the address or the arguments",
    "puts the history into an argument",
    byHand((request) => [JSON.stringify(request.messages)]),
  ),
  broken(
    "cli: a command's run tells whose it is, for the end of its host",
    "starts it by hand",
    byHand(() => []),
  ),
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
    "sdk: a server that is not there is NETWORK",
    "takes it for a fault of the server",
    recoded("NETWORK", "SERVER_ERROR"),
  ),
  changed(
    "cli: a command that is nowhere is CLI_NOT_FOUND, with the way to get it",
    "does not look",
    {
      probe: async () => ({ available: true }),
    },
  ),
  changed(
    "cli: a command that is nowhere is CLI_NOT_FOUND, with the way to get it",
    "says no way",
    {
      probe: async (context) => ({ ...(await modes.cli.probe(context)), fix: "" }),
    },
  ),
  broken(
    "cli: a command that has gone since it was found is CLI_NOT_FOUND",
    "takes it for a crash",
    recoded("CLI_NOT_FOUND", "CLI_CRASHED", modes.cli.run),
  ),
  changed(
    "cli: a command that is too old is CLI_TOO_OLD, with the way to a newer one",
    "takes every version",
    { probe: async ({ cliPath = "" }) => ({ available: true, command: cliPath, version: "0.9" }) },
  ),
  broken(
    "cli: a command that holds no login is CLI_NOT_LOGGED_IN, with the way to log in",
    "takes it for a crash",
    recoded("CLI_NOT_LOGGED_IN", "CLI_CRASHED", modes.cli.run),
  ),
  ...brokenWayOut,
];
