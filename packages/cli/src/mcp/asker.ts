import type { CallOptions, ChatRequest, Client, Reply, UserContent } from "@acc/dual-mode";
import { schemaSource } from "../chat/read-schema.ts";
import { resolveSettings } from "../config/resolve-settings.ts";
import type { Settings } from "../config/settings.ts";
import { UsageError } from "../failure.ts";
import { McpBudget } from "./budget.ts";
import { McpClients, type Target } from "./clients.ts";
import { givenFiles } from "./given-files.ts";
import type { McpOptions } from "./mcp-options.ts";
import type { Question } from "./read-arguments.ts";

/** Called with the number of characters of the answer that have arrived. */
export type OnProgress = (characters: number) => void;

/** One answer of a comparison, or the error in its place. */
export type Compared = Target & ({ readonly reply: Reply } | { readonly error: unknown });

/** Asks models on behalf of the server's tools. */
export class Asker {
  readonly clients: McpClients;
  readonly #settings: Settings;
  readonly #options: McpOptions;
  readonly #budget: McpBudget;

  constructor(options: McpOptions, settings: Settings, clients: McpClients) {
    this.clients = clients;
    this.#options = options;
    this.#settings = settings;
    this.#budget = new McpBudget(options);
  }

  static async open(options: McpOptions): Promise<Asker> {
    const settings = await resolveSettings();
    const { prices } = await import("@acc/prices");
    const secrets = async () => (await import("../secrets/open-once.ts")).openOnce(undefined);
    return new Asker(options, settings, new McpClients(settings, { prices, secrets }));
  }

  async ask(question: Question, signal: AbortSignal, onProgress: OnProgress): Promise<Reply> {
    const { provider, model } = question;
    const targets = await this.clients.targetsOf(provider, model);
    const request = await this.#requestOf(question);
    return this.#send(await this.clients.chainOf(targets), request, question, signal, onProgress);
  }

  async compare(
    question: Question,
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<readonly Compared[]> {
    const targets = await this.clients.targetsOf(question.providers?.join(","));
    const request = await this.#requestOf(question);
    const came = targets.map(() => 0);
    return Promise.all(
      targets.map(async (target, index): Promise<Compared> => {
        const onOwn: OnProgress = (characters) => {
          came[index] = characters;
          onProgress(came.reduce((sum, each) => sum + each, 0));
        };
        try {
          const client = await this.clients.clientOf(target);
          return { ...target, reply: await this.#send(client, request, question, signal, onOwn) };
        } catch (error) {
          if (signal.aborted) throw error;
          return { ...target, error };
        }
      }),
    );
  }

  async #requestOf(question: Question): Promise<ChatRequest> {
    const { prompt, system, files = [], schema, maxOutputTokens } = question;
    const attached = await givenFiles(files, this.#options.root ?? []);
    const content: UserContent[] = [{ type: "text", text: prompt }, ...attached];
    return {
      messages: [{ role: "user", content: attached.length > 0 ? content : prompt }],
      ...(system !== undefined && { system }),
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
      ...(schema !== undefined && { schema: await checkedSchema(schema) }),
    };
  }

  async #send(
    client: Client,
    request: ChatRequest,
    { refresh }: Question,
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<Reply> {
    const allowance = await this.#budget.take(client, request);
    try {
      const { maxOutputTokens } = allowance;
      const bound = maxOutputTokens === undefined ? {} : { maxOutputTokens };
      const stream = client.stream({ ...request, ...bound }, { ...this.#asked(refresh), signal });
      let characters = 0;
      for await (const part of stream) {
        if (part.type === "text") characters += part.text.length;
        onProgress(characters);
      }
      const reply = await stream.reply;
      allowance.settle({ reply });
      return reply;
    } catch (error) {
      allowance.settle({ error });
      throw error;
    }
  }

  #asked(refresh = false): CallOptions {
    const { only, cache = true } = this.#settings;
    return {
      ...(only !== undefined && { only }),
      cache: refresh && cache ? "refresh" : cache ? "default" : "off",
    };
  }
}

async function checkedSchema(schema: Readonly<Record<string, unknown>>) {
  const { schemaFault } = await import("../chat/schema-fault.ts");
  const fault = schemaFault(schema);
  if (fault === undefined) return schemaSource(schema);
  const place = ["schema", ...fault.place].join(".");
  throw new UsageError(`${place} ${fault.what}.`, "Give a JSON Schema.", "INVALID_REQUEST");
}
