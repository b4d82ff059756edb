import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Feature } from "../contract/mode.ts";
import type { Part } from "../contract/part.ts";
import type {
  CredentialKind,
  ProviderMode,
  RouteCredential,
  RunContext,
} from "../contract/provider.ts";
import { getJson } from "../http/get-json.ts";
import { postJson } from "../http/post-json.ts";
import { readServerSentEvents } from "../http/server-sent-events.ts";
import { toChatBody } from "./chat-body.ts";
import { toChatModels } from "./chat-models.ts";
import { toChatParts } from "./chat-parts.ts";

/** What a server of chat completions is like. */
export interface ChatCompletionsOptions {
  /** Where the server is if no base URL is set, up to and with its version: `http://localhost:8080/v1`. */
  readonly baseUrl: string;
  /** @default ["none"] */
  readonly credentials?: readonly CredentialKind[];
  /** What the server honours. */
  readonly supports: readonly Feature[];
}

/**
 * A mode for any server that streams chat completions over server-sent events, and lists its models
 * at `/models`. A key goes along as a bearer token.
 */
export function chatCompletions({
  baseUrl,
  credentials = ["none"],
  supports,
}: ChatCompletionsOptions): ProviderMode<object> {
  return {
    credentials,
    supports,
    probe: async () => ({ available: true }),
    run: (request, context) => run(request, context, context.baseUrl ?? baseUrl),
    listModels: (context) => listModels(context, context.baseUrl ?? baseUrl),
  };
}

async function listModels(
  { credential, signal }: RunContext<object>,
  baseUrl: string,
): Promise<readonly string[]> {
  return toChatModels(await getJson(`${baseUrl}/models`, { headers: bearer(credential), signal }));
}

async function* run(
  request: CanonicalRequest,
  { credential, signal }: RunContext<object>,
  baseUrl: string,
): AsyncGenerator<Part> {
  const headers = bearer(credential);
  const body = toChatBody(request);
  const response = await postJson(`${baseUrl}/chat/completions`, body, { headers, signal });
  yield* toChatParts(readServerSentEvents(response.body));
}

function bearer(credential: RouteCredential): Record<string, string> {
  return credential.kind === "key" ? { authorization: `Bearer ${credential.secret.reveal()}` } : {};
}
