import { type CallOptions, type ChatRequest, type Client, chain } from "@acc/dual-mode";
import { hasOpenDoor } from "../open-door.ts";
import { createProvider, providerNames } from "../providers.ts";
import { readStdin } from "../read-stdin.ts";

export interface ChatOptions {
  readonly provider?: string;
  readonly model?: string;
  readonly mode?: "cli" | "sdk";
  readonly cache: boolean;
  readonly json?: boolean;
}

/** Asks and prints: parts as they come on a terminal, the whole answer elsewhere. */
export async function chat(words: readonly string[], options: ChatOptions): Promise<void> {
  const prompt = words.length > 0 ? words.join(" ") : await readStdin("prompt");
  const { model, mode, cache, json } = options;
  const request: ChatRequest = {
    messages: [{ role: "user", content: prompt }],
    ...(model === undefined ? {} : { model }),
  };
  const asked: CallOptions = {
    ...(mode === undefined ? {} : { only: mode }),
    ...(cache ? {} : { cache: "off" }),
  };
  const client = await chooseClient(options.provider);
  try {
    if (json) await printJson(client, request, asked);
    else await printText(client, request, asked);
  } finally {
    await client.close();
  }
}

async function chooseClient(name: string | undefined): Promise<Client> {
  if (name !== undefined) return createProvider(name, {});
  const clients = await Promise.all(providerNames.map((each) => createProvider(each, {})));
  for (const client of clients) {
    const statuses = await client.status();
    if (statuses.some(hasOpenDoor)) return client;
  }
  return chain(clients);
}

async function printJson(client: Client, request: ChatRequest, asked: CallOptions): Promise<void> {
  const reply = await client.chat(request, asked);
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}

async function printText(client: Client, request: ChatRequest, asked: CallOptions): Promise<void> {
  if (!process.stdout.isTTY) {
    const reply = await client.chat(request, asked);
    process.stdout.write(`${reply.text}\n`);
    return;
  }
  for await (const part of client.stream(request, asked)) {
    if (part.type === "text") process.stdout.write(part.text);
    if (part.type === "warning") process.stderr.write(`acc: ${part.warning.message}\n`);
  }
  process.stdout.write("\n");
}
