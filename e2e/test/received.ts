import { expect } from "vitest";
import type { RawRequest } from "../../scripts/loopback-server.ts";
import { canary } from "./strays.ts";

/** What a test lets its requests hold. */
export interface Allowed {
  /** The one key or token that may be sent. */
  readonly credential: string;
  /** Names of tools; none elsewhere. */
  readonly tools: readonly string[] | ((call: RawRequest) => readonly string[]);
  /** Paths of this machine that no request may name. */
  readonly folders: readonly string[];
}

/** Calls of a model: what else a CLI asks is without a body and without a key. */
export function callsIn(requests: readonly RawRequest[]): readonly RawRequest[] {
  return requests.filter(({ method }) => method === "POST");
}

/** No tool, no file, no variable, no folder of the caller, no key but the call's own. */
export function expectOnlyTheCall(requests: readonly RawRequest[], allowed: Allowed): void {
  const calls = callsIn(requests);
  for (const request of requests) {
    const all = JSON.stringify(request);
    for (const stray of [canary, ...allowed.folders, ...environmentValues()]) {
      expect(all.includes(stray), `sent ${stray}`).toBe(false);
    }
    expect(request.path).not.toContain(allowed.credential);
    expect(credentialsOf(request)).toEqual(calls.includes(request) ? [allowed.credential] : []);
  }
  for (const call of calls) {
    const names = toolsOf(call).map(({ name }) => name);
    const tools = typeof allowed.tools === "function" ? allowed.tools(call) : allowed.tools;
    expect(names.toSorted()).toEqual(tools.toSorted());
  }
  for (const { body } of requests.filter((each) => !calls.includes(each))) expect(body).toBe("");
}

/** Every text of a JSON body, wherever it stands. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Long ones, which nothing else could be; the run's own folders are below TMPDIR and may be told. */
function environmentValues(): readonly string[] {
  const { TMPDIR: _, ...others } = process.env;
  return Object.values(others).filter(
    (value) => value !== undefined && value.length >= 16,
  ) as string[];
}

function credentialsOf({ headers }: RawRequest): readonly string[] {
  const names = ["authorization", "x-api-key", "x-goog-api-key", "api-key", "cookie"];
  return names
    .map((name) => headers[name])
    .filter((value) => value !== undefined)
    .map((value) => String(value).replace(/^Bearer /, ""));
}

interface Body {
  readonly tools?: readonly SentTool[];
}

/** A tool as one of the vendors is sent it. */
interface SentTool {
  readonly name?: string;
  readonly description?: string;
  /** Anthropic's. */
  readonly input_schema?: unknown;
  /** Google's. */
  readonly functionDeclarations?: readonly SentTool[];
  readonly parametersJsonSchema?: unknown;
  /** Of chat completions. */
  readonly function?: SentTool;
  readonly parameters?: unknown;
}

/** The tools of a request, whosever words it has. */
export function toolsOf({ body }: RawRequest) {
  const { tools = [] } = JSON.parse(body || "{}") as Body;
  const all = tools.flatMap((tool) => tool.functionDeclarations ?? [tool.function ?? tool]);
  return all.map(({ name, description, input_schema, parametersJsonSchema, parameters }) => ({
    name,
    description,
    inputSchema: input_schema ?? parametersJsonSchema ?? parameters,
  }));
}
