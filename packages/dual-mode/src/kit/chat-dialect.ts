import type { RouteCredential } from "../contract/mode-context.ts";
import { isMembers, type Members } from "../foreign/guards.ts";
import { sha256 } from "../sha256.ts";

/** How a server of chat completions differs from most. */
export interface ChatDialect {
  /** Headers of every request besides the key's, such as those by which a gateway routes. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The header that carries the plain key, such as Azure's "api-key".
   *
   * @default a bearer token
   */
  readonly keyHeader?: string;
  /**
   * Members of the body by the names that the server uses for them, or null for those that it
   * refuses: `{ seed: "random_seed", stream_options: null }`.
   */
  readonly members?: Readonly<Record<string, string | null>>;
  /** How many letters and digits the id of a tool call must have: Mistral requires nine. */
  readonly callIdLength?: number;
}

/** Returns the server's own headers and the one that carries the route's key, if there is one. */
export function dialectHeaders(
  credential: RouteCredential,
  { headers, keyHeader }: ChatDialect,
): Record<string, string> {
  if (credential.kind !== "key") return { ...headers };
  const key = credential.secret.reveal();
  const carrier =
    keyHeader === undefined ? { authorization: `Bearer ${key}` } : { [keyHeader]: key };
  return { ...headers, ...carrier };
}

/** Returns the body in the form that the server accepts. */
export function inDialect(body: object, { members = {}, callIdLength }: ChatDialect): object {
  const named = Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
    const other = Object.hasOwn(members, name) ? members[name] : name;
    return typeof other === "string" ? [[other, value]] : [];
  });
  const sent: Members = Object.fromEntries(named);
  if (callIdLength === undefined || !Array.isArray(sent.messages)) return sent;
  const messages = sent.messages.map((message) => withCallIds(message, callIdLength));
  return { ...sent, messages };
}

function withCallIds(message: unknown, length: number): unknown {
  if (!isMembers(message)) return message;
  const { tool_calls, tool_call_id } = message;
  if (typeof tool_call_id === "string") {
    return { ...message, tool_call_id: fitted(tool_call_id, length) };
  }
  if (!Array.isArray(tool_calls)) return message;
  const calls = tool_calls.map((call) => ({ ...call, id: fitted(String(call.id), length) }));
  return { ...message, tool_calls: calls };
}

/** Fits an id to the length; the same id always gives the same result. */
function fitted(id: string, length: number): string {
  return id.length === length && /^[a-z\d]+$/i.test(id)
    ? id
    : sha256(id).toString("hex").slice(0, length);
}
