import type { CanonicalRequest } from "../contract/canonical.ts";
import type { RunContext } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";
import type { Refusals } from "../failures/refusal-context.ts";
import { checkMedia, type MediaRule } from "../history/check-media.ts";
import { toFittedNames } from "../history/with-fitted-names.ts";
import { getJson } from "../http/get-json.ts";
import { postJson } from "../http/post-json.ts";
import { readServerSentEvents } from "../http/server-sent-events.ts";
import { type ChatForms, toChatBody } from "./chat-body.ts";
import { type ChatDialect, dialectHeaders, inDialect } from "./chat-dialect.ts";
import { toolNames } from "./chat-messages.ts";
import { listedModels } from "./chat-models.ts";
import { toChatParts } from "./chat-parts.ts";
import { chatServer, chatServerWith } from "./chat-server.ts";

/** The server's address, the meanings of its refusals, and how it differs from others. */
interface Server {
  readonly baseUrl: string;
  readonly refusals: Refusals;
  readonly forms: ChatForms;
  readonly media: MediaRule;
  readonly dialect: ChatDialect;
}

/** Returns the models that the server lists. */
export async function listChatModels(
  { credential, signal }: RunContext<object>,
  { baseUrl, refusals, dialect }: Server,
): Promise<readonly string[]> {
  const options = { headers: dialectHeaders(credential, dialect), signal, refusals };
  return listedModels(await getJson(`${baseUrl}/models`, options), chatServer.who);
}

/** Sends the request, and returns the parts of the answer. */
export async function runChat(
  request: CanonicalRequest,
  context: RunContext<object>,
  { baseUrl, refusals, forms, media, dialect }: Server,
): Promise<AsyncIterable<Part>> {
  const { asked, named } = toFittedNames(request, toolNames);
  checkMedia(request.messages, media, "This server");
  const { credential, signal } = context;
  const headers = dialectHeaders(credential, dialect);
  const body = inDialect(toChatBody(asked, forms), dialect);
  const options = { headers, signal, refusals, asEvents: true };
  const response = await postJson(`${baseUrl}/chat/completions`, body, options);
  const events = readServerSentEvents(response.body, context);
  return named(toChatParts(events, chatServerWith(refusals), response.headers));
}
