import type { ModeBatch } from "../../src/contract/mode-batch.ts";
import type { RunContext } from "../../src/contract/mode-context.ts";
import { toChatBody } from "../../src/kit/chat-body.ts";
import { chatServer } from "../../src/kit/chat-server.ts";
import {
  type BatchPage,
  createFetch,
  type FileBatchClient,
  type FileBatchRequests,
  fileBatch,
  readChatCompletions,
} from "../../src/provider.ts";

interface Client extends FileBatchClient {
  list(page: BatchPage): Promise<unknown>;
}

/** Batches of a server that speaks as OpenAI's does, without a package for it. */
export const batch: ModeBatch<object> = fileBatch<object, Client>({
  who: "Minimal's API",
  refusals: {},
  most: { lines: 1_000, bytes: 1_000_000 },
  priceShare: 0.5,
  endpoint: () => "/v1/chat/completions",
  body: (request) => toChatBody(request),
  open: async (context, asked) => open(context, asked),
  list: (client, page) => client.list(page),
  read: (events) => readChatCompletions(events, chatServer),
});

function open(context: RunContext<object>, { maxBytes, upload }: FileBatchRequests): Client {
  const { credential, baseUrl } = context;
  const key = credential.kind === "key" ? credential.secret.reveal() : "";
  const type = { "content-type": "application/json" };
  const headers = { authorization: `Bearer ${key}`, ...(!upload && type) };
  const send = createFetch(context, { headers, maxBytes });
  const ask = async (path: string, body?: FormData | string) => {
    const method = body === undefined ? "GET" : "POST";
    const response = await send(`${baseUrl}${path}`, { method, ...(body && { body }) });
    if (response.ok) return response;
    const { status, headers } = response;
    throw Object.assign(new Error("refused"), { status, headers, error: await response.json() });
  };
  const json = async (path: string, body?: FormData | string): Promise<unknown> =>
    (await ask(path, body)).json();
  return {
    files: {
      create({ file, purpose }) {
        const form = new FormData();
        form.set("purpose", purpose);
        form.set("file", file);
        return json("/files", form);
      },
      content: (id) => ({ asResponse: () => ask(`/files/${id}/content`) }),
    },
    batches: {
      create: (asked) => json("/batches", JSON.stringify(asked)),
      retrieve: (id) => json(`/batches/${id}`),
      cancel: (id) => json(`/batches/${id}/cancel`, "{}"),
    },
    list: ({ limit }) => json(`/batches?limit=${limit}`),
  };
}
