/** A value, or the name of the secret that holds it. */
export type Hidden = string | { readonly secret: string };

/** A server of the config file: `mcpServers.<name>`, in the form that other programs use too. */
export interface McpServerSetting {
  /** The command to run, which exchanges messages on its stdin and stdout. */
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, Hidden>>;
  /** The folder in which it is run. @default the folder in which acc is run */
  readonly cwd?: string;
  /** The URL of a server that is reached over HTTP. */
  readonly url?: string;
  readonly headers?: Readonly<Record<string, Hidden>>;
  /** The name of the secret that is sent as a bearer token. */
  readonly key?: string;
}

export type McpServers = Readonly<Record<string, McpServerSetting>>;

const ofCommand = ["command", "args", "env", "cwd"];
const ofAddress = ["url", "headers", "key"];

/** What is wrong with the member `mcpServers` of the config file, and where. */
export interface McpFault {
  readonly place: readonly string[];
  readonly what: string;
}

/** Finds the first fault in the member `mcpServers`. */
export function mcpFault(servers: unknown): McpFault | undefined {
  if (!isObject(servers)) return { place: [], what: "must be an object" };
  for (const [name, server] of Object.entries(servers)) {
    const fault = faultOf(name, server);
    if (fault) return { ...fault, place: [name, ...fault.place] };
  }
  return undefined;
}

function faultOf(name: string, server: unknown): McpFault | undefined {
  const here = (what: string, ...place: string[]) => ({ place, what });
  if (!/^[\w.-]{1,64}$/.test(name)) return here("must be a name of letters, digits, . _ and -");
  if (!isObject(server)) return here("must be an object");
  const { type, ...members } = server;
  if (type === "sse") return here('has no "sse": servers are asked over streamable HTTP', "type");
  if (type !== undefined && !["stdio", "http", "streamable-http"].includes(String(type))) {
    return here('must be "stdio" or "http"', "type");
  }
  const { command, url } = members;
  if ((command === undefined) === (url === undefined)) {
    return here('needs a "command" to run or the "url" of a server, one of them');
  }
  const known = command === undefined ? ofAddress : ofCommand;
  const unknown = Object.keys(members).find((member) => !known.includes(member));
  if (unknown !== undefined) return here(`is none of ${known.join(", ")}`, unknown);
  const wrong = Object.entries(members).find(([member, value]) => !checks[member]?.(value));
  return wrong && here(valid[wrong[0]] ?? "is wrong", wrong[0]);
}

const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";
const isHidden = (value: unknown) =>
  typeof value === "string" || (isObject(value) && isText(value.secret));
const isTable = (value: unknown) => isObject(value) && Object.values(value).every(isHidden);

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  command: isText,
  args: (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
  env: isTable,
  cwd: isText,
  url: (value) =>
    isText(value) && /^https?:\/\//i.test(String(value)) && URL.canParse(String(value)),
  headers: isTable,
  key: isText,
};

const table = 'must be an object of texts, or of { "secret": "name_of_a_secret" }';

const valid: Readonly<Record<string, string>> = {
  command: "must be a command",
  args: "must be a list of texts",
  env: table,
  cwd: "must be a folder",
  url: "must be an address that begins with http:// or https://",
  headers: table,
  key: "must be the name of a secret",
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
