import { addNoted, revokeNoted } from "../access/keys/noted-keys.ts";
import type { AdminEvent, Audit } from "../contract/audit.ts";
import { failed, json, readJson, refused } from "./json.ts";
import type { NewKey, PageKeys } from "./page-options.ts";
import type { Reader } from "./reader.ts";

const prefix = "/acc/keys";

/** The reader who requests something about keys, and where changes are recorded. */
export interface KeyDesk {
  readonly keys: PageKeys;
  readonly reader: Reader;
  readonly audit: Audit;
}

/** Answers the page's requests about keys; undefined for other requests. */
export async function answerKeys(
  request: Request,
  path: string,
  desk: KeyDesk,
): Promise<Response | undefined> {
  const { method } = request;
  try {
    if (path === prefix && method === "GET") return json(await shownKeys(desk));
    if (path === prefix && method === "POST") return await addKey(request, desk);
    const name = path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : "";
    if (name !== "" && method === "DELETE") return await revokeKey(decodeURIComponent(name), desk);
    return undefined;
  } catch (error) {
    return failed(error);
  }
}

/** Lists the keys. Only people who may remove a record that cannot be read learn where it is. */
async function shownKeys({ keys, reader }: KeyDesk): Promise<object> {
  const damaged: string[] = [];
  const shown = await keys.list(({ message }) => damaged.push(message));
  return { keys: shown, ...(damaged.length > 0 && reader.may("keys") && { damaged }) };
}

async function addKey(request: Request, desk: KeyDesk): Promise<Response> {
  const body = await readJson(request);
  if (body instanceof Response) return body;
  const ask = newKey(body);
  const act = { action: "key-add", ...(ask && { name: ask.name }) } as const;
  if (!desk.reader.may("keys")) return notPermitted(desk, act);
  if (ask === undefined) {
    return refused({ status: 400, code: "INVALID_KEY", message: "A member is of a wrong type." });
  }
  const { name, ...limits } = ask;
  const { token } = await addNoted(
    () => desk.keys.add(ask),
    () => desk.keys.revoke(name),
    (outcome) => note(desk, { ...act, ...(outcome === "ok" && { limits }) }, outcome),
  );
  return json({ token });
}

async function revokeKey(name: string, desk: KeyDesk): Promise<Response> {
  const act = { action: "key-revoke", name } as const;
  if (!desk.reader.may("keys")) return notPermitted(desk, act);
  const { keys } = desk;
  const key = { has: () => keys.has(name), revoke: () => keys.revoke(name) };
  const isGone = await revokeNoted(key, (outcome) => note(desk, act, outcome));
  return isGone ? json({}) : notFound(name);
}

function notFound(name: string): Response {
  return refused({ status: 404, code: "KEY_NOT_FOUND", message: `There is no key ${name}.` });
}

type Act = Pick<AdminEvent, "action" | "name" | "limits">;

async function note({ audit, reader }: KeyDesk, act: Act, outcome: string): Promise<void> {
  await audit({ ...act, actor: reader.name, outcome });
}

async function notPermitted(desk: KeyDesk, act: Act): Promise<Response> {
  const message = "Your role does not let you change keys. Ask the server's administrator.";
  await note(desk, act, "NOT_PERMITTED");
  return refused({ status: 403, code: "NOT_PERMITTED", message });
}

const isAmount = (value: unknown): value is number => typeof value === "number" && value > 0;
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** The members of a key, each of its type; the key store checks whether they are valid. */
function newKey(body: Record<string, unknown>): NewKey | undefined {
  const { name, tenant, models, rpm, tpm, budget, expires } = body;
  const { usd, per } = (budget ?? { usd: 1, per: "day" }) as Record<string, unknown>;
  const isGood =
    isText(name) &&
    (tenant === undefined || isText(tenant)) &&
    (models === undefined || (Array.isArray(models) && models.every(isText))) &&
    [rpm, tpm, expires].every((value) => value === undefined || isAmount(value)) &&
    isAmount(usd) &&
    (per === "day" || per === "month");
  if (!isGood) return undefined;
  const known = { name, tenant, models, rpm, tpm, budget, expires };
  return JSON.parse(JSON.stringify(known));
}
