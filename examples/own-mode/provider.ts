import {
  type CanonicalRequest,
  DualModeError,
  defineProvider,
  eventJson,
  type FinishReason,
  givenCounts,
  givenText,
  type Part,
  postJson,
  type RunContext,
  readServerSentEvents,
  unreadable,
} from "@acc/dual-mode/provider";

const reasons: ReadonlyMap<unknown, FinishReason> = new Map(
  (["stop", "length", "content-filter"] as const).map((reason) => [reason, reason]),
);

async function* run(request: CanonicalRequest, context: RunContext<object>): AsyncGenerator<Part> {
  const { baseUrl = "https://llm.example.com", credential, signal } = context;
  const key = credential.kind === "key" ? credential.secret.reveal() : "";
  const { model, messages, temperature } = request;
  const body = { model, messages, temperature };
  const headers = { "x-api-key": key };
  const response = await postJson(`${baseUrl}/answer`, body, { headers, signal });
  let last: string | undefined;
  for await (const event of readServerSentEvents(response.body, context)) {
    yield* toParts(event.event, eventJson(event, "The vendor"));
    last = event.event;
  }
  if (last === undefined) throw new DualModeError("INVALID_OUTPUT", "Nothing came.");
  if (last !== "end") throw new DualModeError("NETWORK", "The answer was cut in mid-stream.");
}

/** This vendor's events are parts already, but what it sends is not always what it says. */
function* toParts(name: string | undefined, sent: unknown): Generator<Part> {
  const { text, inputTokens, outputTokens, reason } = Object(sent);
  const model = givenText(Object(sent).model);
  if (name === "begin") yield { type: "start", ...(model && { model }) };
  if (name === "count") yield { type: "usage", usage: givenCounts({ inputTokens, outputTokens }) };
  if (name === "end") yield { type: "finish", reason: reasons.get(reason) ?? "other" };
  if (name === "text" && typeof text !== "string") throw unreadable("The vendor", "no text");
  if (name === "text") yield { type: "text", text };
}

/** A client of a vendor that speaks as no other does. */
export const createExample = defineProvider({
  id: "example",
  defaultModel: "example-1",
  credential: { name: "example_api_key", env: ["EXAMPLE_API_KEY"] },
  baseUrl: { env: ["EXAMPLE_BASE_URL"] },
  sdk: {
    credentials: ["key"],
    supports: ["multiTurn", "temperature"],
    probe: async () => ({ available: true }),
    run,
  },
});
