import { failed, json, readJson, refused } from "./json.ts";
import type { NewKey, PageKeys } from "./page-options.ts";

const prefix = "/acc/keys";

/** Answers what the page asks of keys; undefined where it is something else. */
export async function answerKeys(
  request: Request,
  path: string,
  keys: PageKeys,
): Promise<Response | undefined> {
  const { method } = request;
  try {
    if (path === prefix && method === "GET") return json({ keys: await keys.list() });
    if (path === prefix && method === "POST") return await addKey(request, keys);
    const name = path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : "";
    if (name !== "" && method === "DELETE") return await revokeKey(decodeURIComponent(name), keys);
    return undefined;
  } catch (error) {
    return failed(error);
  }
}

async function addKey(request: Request, keys: PageKeys): Promise<Response> {
  const body = await readJson(request);
  if (body instanceof Response) return body;
  const ask = newKey(body);
  if (ask === undefined) {
    return refused({ status: 400, code: "INVALID_KEY", message: "A member is of a wrong type." });
  }
  const { token } = await keys.add(ask);
  return json({ token });
}

async function revokeKey(name: string, keys: PageKeys): Promise<Response> {
  if (await keys.revoke(name)) return json({});
  return refused({ status: 404, code: "KEY_NOT_FOUND", message: `There is no key ${name}.` });
}

const isAmount = (value: unknown): value is number => typeof value === "number" && value > 0;
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** The members of a key, each of its type; whether they fit is for who keeps it to say. */
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
