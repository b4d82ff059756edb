import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { createGroq } from "@ai-sdk/groq";
import { generateText, type LanguageModelMiddleware, wrapLanguageModel } from "ai";
import { key } from "../harness/dummy-key.ts";

type Generate = NonNullable<LanguageModelMiddleware["wrapGenerate"]>;
type Params = Parameters<Generate>[0]["params"];
type Generated = Awaited<ReturnType<Generate>>;

/** Where a middleware of `ai` keeps what a model generated. */
interface Shelf extends Disposable {
  get(params: Params): Generated | undefined;
  set(params: Params, generated: Generated): void;
}

/** `generateText` of `ai` with a cache before the model, as its documentation shows. */
export function aiWithCache(baseURL: string, modelId: string, shelf: Shelf) {
  const model = wrapLanguageModel({
    model: createGroq({ baseURL: `${baseURL}/openai/v1`, apiKey: key })(modelId),
    middleware: { specificationVersion: "v4", wrapGenerate: cached(shelf) },
  });
  return async (prompt: string): Promise<string> =>
    (await generateText({ model, prompt, maxRetries: 0 })).text;
}

function cached(shelf: Shelf): Generate {
  return async ({ doGenerate, params }) => {
    const kept = shelf.get(params);
    if (kept) return kept;
    const generated = await doGenerate();
    shelf.set(params, generated);
    return generated;
  };
}

export function mapShelf(): Shelf {
  const kept = new Map<string, Generated>();
  return {
    get: (params) => kept.get(JSON.stringify(params)),
    set: (params, generated) => kept.set(JSON.stringify(params), generated),
    [Symbol.dispose]: () => kept.clear(),
  };
}

/** One table of node:sqlite, set up as ours is; nothing is verified or counted. */
export function sqliteShelf(path: string): Shelf {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE kept (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
  `);
  const select = database.prepare("SELECT value FROM kept WHERE key = ?");
  const insert = database.prepare("INSERT INTO kept VALUES (?, ?)");
  return {
    get(params) {
      const row = select.get(keyOf(params));
      return row && revived(row.value as string);
    },
    set(params, generated) {
      insert.run(keyOf(params), JSON.stringify(generated));
    },
    [Symbol.dispose]: () => database.close(),
  };
}

function keyOf(params: Params): string {
  return createHash("sha256").update(JSON.stringify(params)).digest("hex");
}

/** JSON has no dates, and `ai` calls a method of this one. */
function revived(json: string): Generated {
  const generated = JSON.parse(json) as Generated;
  const at = generated.response?.timestamp;
  if (generated.response && at) generated.response.timestamp = new Date(at);
  return generated;
}
