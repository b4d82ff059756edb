import type { ProviderStatus } from "@acc/dual-mode";
import { isRefusal, type RequestInfo } from "../contract/access.ts";
import type { CallRecord } from "../contract/call-record.ts";
import type { Page } from "../contract/server.ts";
import { isLoopback } from "../safety/loopback.ts";
import { assetAt, safeHeaders } from "./assets.ts";
import { clientSettings } from "./client-settings.ts";
import { eventFeed } from "./event-feed.ts";
import { json, readJson, refused } from "./json.ts";
import { answerKeys } from "./key-routes.ts";
import type { PageOptions } from "./page-options.ts";
import { Recent } from "./recent.ts";
import { cookieOf, sessionCookie } from "./session-cookie.ts";
import { type Session, Sessions } from "./sessions.ts";

/** The page of a server: what `createServer` takes as `page`, and what tells it of calls. */
export interface OwnerPage extends Page {
  /** Takes a call up: it is given to `createServer` as `onCall`. */
  record(call: CallRecord): void;
  /** An address at `origin` that opens the page once, within 15 minutes. */
  link(origin: string): string;
  close(): Promise<void>;
}

/** Milliseconds for which a look at the machine is good. */
const lookLife = 30_000;

/** The page at `/` and what it asks at `/acc/…`. What it shows is in memory, and only the owner's. */
export function createPage(options: PageOptions): OwnerPage {
  const { access, keys, models = {}, now = Date.now } = options;
  const recent = new Recent(options.maxCalls ?? 500, options.prices);
  const sessions = new Sessions(now);
  const ending = new AbortController();
  const machine = remembered(options.status ?? (async () => []), now);

  const enter = async (request: Request): Promise<Response> => {
    const body = await readJson(request);
    if (body instanceof Response) return body;
    const session = sessions.enter(String(body.code));
    if (session === undefined) {
      const message = "The link was used before, or is too old. Ask for a new one: acc serve link";
      return refused({ status: 401, code: "LINK_USED", message });
    }
    const { cookie, proof } = session;
    return json({ proof }, { "set-cookie": sessionCookie(request, cookie) });
  };

  const newLink = async (request: Request, info?: RequestInfo): Promise<Response> => {
    const [, token] = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
    const caller = await access.identify(token, info);
    if (isRefusal(caller)) return refused(caller);
    if (caller.kind === "owner") return json({ path: pathFor(sessions.newCode()) });
    const message = "The page is the owner's: a key does not open it.";
    return refused({ status: 403, code: "OWNER_ONLY", message });
  };

  const leave = (request: Request, session: Session): Response => {
    sessions.leave(session);
    return json({}, { "set-cookie": sessionCookie(request, "") });
  };

  const state = async (): Promise<Response> =>
    json({
      now: now(),
      calls: recent.calls.last(),
      minutes: recent.minutes.list(now()),
      machine: await machine(),
      models: Object.keys(models).filter((name) => !name.includes("*")),
      settings: clientSettings,
      hasKeys: keys !== undefined,
    });

  const feed = ({ signal }: Request): Response => {
    const ended = AbortSignal.any([signal, ending.signal]);
    const headers = { ...safeHeaders, "content-type": "text/event-stream; charset=utf-8" };
    return new Response(eventFeed(recent.calls, ended), { headers });
  };

  const answer = async (request: Request, path: string, session: Session) => {
    const asked = `${request.method} ${path}`;
    if (asked === "GET /acc/state") return state();
    if (asked === "GET /acc/events") return feed(request);
    if (asked === "DELETE /acc/session") return leave(request, session);
    return (keys && (await answerKeys(request, path, keys))) ?? notFound(path);
  };

  return {
    async fetch(request, info) {
      const { pathname } = new URL(request.url);
      const isRead = request.method === "GET" || request.method === "HEAD";
      const asset = isRead ? assetAt(pathname) : undefined;
      if (asset !== undefined) return asset;
      if (info?.remoteAddress !== undefined && !isLoopback(info.remoteAddress)) return notLocal();
      if (request.method === "POST" && pathname === "/acc/session") return enter(request);
      if (request.method === "POST" && pathname === "/acc/link") return newLink(request, info);
      const proof = request.headers.get("x-acc-page") ?? "";
      const session = { cookie: cookieOf(request), proof };
      return sessions.isOpen(session) ? answer(request, pathname, session) : closed();
    },
    record: (call) => recent.add(call),
    link: (origin) => `${origin}${pathFor(sessions.newCode())}`,
    close: async () => ending.abort(),
  };
}

/** Behind the # it is sent to nobody: the page's script trades it for a session. */
function pathFor(code: string): string {
  return `/#enter=${code}`;
}

function closed(): Response {
  return refused({ status: 401, code: "PAGE_CLOSED", message: "Open the page by its link." });
}

function notLocal(): Response {
  const message = "The page is for who sits at the machine that runs the server.";
  return refused({ status: 403, code: "PAGE_IS_LOCAL", message });
}

function notFound(path: string): Response {
  return refused({ status: 404, code: "NOT_FOUND", message: `There is nothing at ${path}.` });
}

/** A look at the machine, shared by all who ask while it is good. */
function remembered(
  look: () => Promise<readonly ProviderStatus[]>,
  now: () => number,
): () => Promise<readonly ProviderStatus[]> {
  let last: { readonly at: number; readonly seen: Promise<readonly ProviderStatus[]> } | undefined;
  return () => {
    if (last === undefined || now() - last.at > lookLife) {
      last = { at: now(), seen: look().catch(() => []) };
    }
    return last.seen;
  };
}
