import type { CallOptions, ChatRequest, Client, ClientEvent, Reply } from "@acc/dual-mode";
import { namedClient, openClient } from "../chat/choose-client.ts";
import { schemaSource } from "../chat/read-schema.ts";
import type { ClientShelf } from "./client-shelf.ts";
import type { Asked, Told } from "./messages.ts";
import { told } from "./told-error.ts";

/** Makes a call as `acc chat` would, and tells its progress; the last message is its end. */
export async function answerCall(
  asked: Asked,
  shelf: ClientShelf,
  signal: AbortSignal,
  tell: (told: Told) => void,
): Promise<void> {
  const onEvent = (event: ClientEvent) => tell({ event: shown(event) });
  const options = { ...asked.asked, signal, onEvent };
  try {
    const request = await requestOf(asked.request);
    const client = await clientFor(asked, shelf, request);
    tell({ reply: await replyOf(asked.how, client, request, options, tell) });
  } catch (error) {
    tell({ error: told(error) });
  }
}

async function clientFor(
  { names, client, asked }: Asked,
  shelf: ClientShelf,
  request: ChatRequest,
): Promise<Client> {
  const take = (name: string) => shelf.take(name, client);
  if (names.length > 0) return namedClient(names, {}, take);
  return openClient({}, request, asked, take);
}

async function replyOf(
  how: Asked["how"],
  client: Client,
  request: ChatRequest,
  options: CallOptions,
  tell: (told: Told) => void,
): Promise<Reply> {
  if (how === "chat") return client.chat(request, options);
  const stream = client.stream(request, options);
  for await (const part of stream) tell({ part });
  return stream.reply;
}

async function requestOf(given: unknown): Promise<ChatRequest> {
  const { schema, ...request } = given as ChatRequest;
  if (schema === undefined) return request;
  const { jsonSchema } = schema as { readonly jsonSchema: Parameters<typeof schemaSource>[0] };
  return { ...request, schema: await schemaSource(jsonSchema) };
}

/** An event whose error is a plain object, with the members that its JSON has. */
function shown(event: ClientEvent): ClientEvent {
  return event.type === "error" ? { ...event, error: { ...event.error } as never } : event;
}
