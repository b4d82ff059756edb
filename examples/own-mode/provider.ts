import {
  type CanonicalRequest,
  DualModeError,
  defineProvider,
  type FinishReason,
  type Part,
  type ProviderMode,
  postJson,
  type RunContext,
  readServerSentEvents,
  type Usage,
} from "@acc/dual-mode/provider";

type Sent = Usage & { model: string; text: string; reason: FinishReason };

const sdk: ProviderMode<object> = {
  credentials: ["key"],
  supports: ["multiTurn", "temperature"],
  probe: async () => ({ available: true }),
  run,
};

/** This vendor's events are parts already: begin, text, count and end, each a line of JSON. */
async function* run(request: CanonicalRequest, context: RunContext<object>): AsyncGenerator<Part> {
  const { baseUrl = "https://llm.example.com", credential, signal } = context;
  const key = credential.kind === "key" ? credential.secret.reveal() : "";
  const { model, messages, temperature } = request;
  const body = { model, messages, temperature };
  const headers = { "x-api-key": key };
  const response = await postJson(`${baseUrl}/answer`, body, { headers, signal });
  let last: string | undefined;
  for await (const { event = "", data } of readServerSentEvents(response.body, context)) {
    const sent = parsed(data);
    if (event === "begin") yield { type: "start", model: sent.model };
    if (event === "text") yield { type: "text", text: sent.text };
    if (event === "count") yield { type: "usage", usage: sent };
    if (event === "end") yield { type: "finish", reason: sent.reason };
    last = event;
  }
  if (last === undefined) throw new DualModeError("INVALID_OUTPUT", "Nothing came.");
  if (last !== "end") throw new DualModeError("NETWORK", "The answer was cut in mid-stream.");
}

function parsed(data: string): Sent {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new DualModeError("INVALID_OUTPUT", "An event cannot be read.", { cause });
  }
}

/** A client of a vendor that speaks as no other does. */
export const createExample = defineProvider({
  id: "example",
  defaultModel: "example-1",
  credential: { name: "example_api_key", env: ["EXAMPLE_API_KEY"] },
  baseUrl: { env: ["EXAMPLE_BASE_URL"] },
  sdk,
});
