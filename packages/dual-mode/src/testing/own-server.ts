import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import type { Client, ClientOptions } from "../contract/client.ts";
import type { Mode } from "../contract/mode.ts";
import type { Part } from "../contract/part.ts";
import type { CreateProvider, TestFunction } from "./options.ts";
import { untilWarm } from "./until-warm.ts";

/** Options of the short suite, for a server or command of the author's own. */
export interface OwnServerOptions {
  /** The mode under test. */
  readonly mode: Mode;
  /**
   * Client options that lead to a working server or command: `baseUrl`, `apiKey`, `cliPath` … With
   * `standby`, for a command that can wait, the suite also tests a standby process.
   */
  readonly options: ClientOptions;
}

/** Registers the few rules that can be checked against the author's own server or command. */
export function testOwnServer(
  test: TestFunction,
  createProvider: CreateProvider,
  { mode, options }: OwnServerOptions,
): void {
  const use = async (work: (client: Client) => Promise<void>) => {
    const client = createProvider({ ...options, only: mode, cache: false, retry: 0 });
    try {
      await work(client);
    } finally {
      await client.close();
    }
  };

  test(`${mode}: a chat gives a text, the mode it came through and its model`, () =>
    use(async (client) => {
      const reply = await client.chat("Say hello.");
      ok(reply.text.length > 0, "An answer without text is not an answer.");
      strictEqual(reply.mode, mode);
      ok(reply.model.length > 0, "A caller must know which model answered.");
    }));

  test(`${mode}: a stream is its chat in pieces, from start to finish`, () =>
    use(async (client) => {
      const parts: Part[] = [];
      const stream = client.stream("Say hello.");
      for await (const part of stream) parts.push(part);
      strictEqual(parts[0]?.type, "start", "The first part is start.");
      strictEqual(parts.at(-1)?.type, "finish", "The last part is finish.");
      const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("");
      const { text: whole, finishReason } = await stream.reply;
      deepStrictEqual([text, finishReason], [whole, "stop"]);
    }));

  test(`${mode}: an abort ends the call with ABORTED`, () =>
    use(async (client) => {
      const signal = AbortSignal.abort();
      await rejects(client.chat("Say hello.", { signal }), { code: "ABORTED" });
      const abort = new AbortController();
      const read = async () => {
        for await (const _ of client.stream("Say hello.", { signal: abort.signal })) abort.abort();
      };
      await rejects(read(), { code: "ABORTED" }, "A caller who aborts must not be kept waiting.");
    }));

  test(`${mode}: what is asked of the cache alone is NOT_CACHED`, () =>
    use(async (client) => {
      await rejects(client.chat("Say hello.", { cache: "only" }), { code: "NOT_CACHED" });
    }));

  test(`${mode}: models are listed, or it is said that nobody tells`, () =>
    use(async (client) => {
      const [list] = await client.listModels();
      const { usable, error } = list ?? {};
      if (error !== undefined && error.code !== "UNSUPPORTED_FEATURE") throw error;
      ok(error !== undefined || usable?.models.length, "A list without a model tells nothing.");
    }));

  if (options.standby) {
    test(`${mode}: a process that has waited answers as another does`, () =>
      use(async (client) => {
        await client.chat("Say hello.");
        await untilWarm(client, "Say hello.");
      }));
  }

  test(`${mode}: an unknown option is refused by name`, async () => {
    const wrong = { ...options, noSuchOption: true } as ClientOptions;
    await rejects(async () => createProvider(wrong), {
      code: "INVALID_REQUEST",
      message: /noSuchOption/,
    });
  });
}
