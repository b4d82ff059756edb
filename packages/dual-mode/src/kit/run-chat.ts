import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Part } from "../contract/part.ts";
import type { RouteCredential, RunContext } from "../contract/provider.ts";
import { getJson } from "../http/get-json.ts";
import { postJson } from "../http/post-json.ts";
import { readServerSentEvents } from "../http/server-sent-events.ts";
import { toChatBody } from "./chat-body.ts";
import type { ReasoningMember } from "./chat-messages.ts";
import { listedModels } from "./chat-models.ts";
import { toChatParts } from "./chat-parts.ts";
import { chatServer } from "./chat-server.ts";

/** The models that the server lists. */
export async function listChatModels(
  { credential, signal }: RunContext<object>,
  baseUrl: string,
): Promise<readonly string[]> {
  const list = await getJson(`${baseUrl}/models`, { headers: bearer(credential), signal });
  return listedModels(list, chatServer.who);
}

/** One call, as parts. */
export async function* runChat(
  request: CanonicalRequest,
  context: RunContext<object>,
  baseUrl: string,
  reasoningMember?: ReasoningMember,
): AsyncGenerator<Part> {
  const { credential, signal } = context;
  const headers = bearer(credential);
  const body = toChatBody(request, reasoningMember);
  const response = await postJson(`${baseUrl}/chat/completions`, body, { headers, signal });
  yield* toChatParts(readServerSentEvents(response.body, context), chatServer);
}

function bearer(credential: RouteCredential): Record<string, string> {
  return credential.kind === "key" ? { authorization: `Bearer ${credential.secret.reveal()}` } : {};
}
