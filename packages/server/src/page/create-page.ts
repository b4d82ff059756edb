import type { ProviderStatus } from "@acc/dual-mode";
import { boundedAudit } from "../audit/bounded-audit.ts";
import { requiredAudit } from "../audit/required-audit.ts";
import { isRefusal, type Refusal, type RequestInfo } from "../contract/access.ts";
import type { CallRecord } from "../contract/call-record.ts";
import type { Page } from "../contract/server.ts";
import { assetAt, safeHeaders } from "./assets.ts";
import { clientSettings } from "./client-settings.ts";
import { eventFeed } from "./event-feed.ts";
import { failed, json, refused } from "./json.ts";
import { answerKeys } from "./key-routes.ts";
import type { PageOptions } from "./page-options.ts";
import { isLocal, notLocal, type Reader } from "./reader.ts";
import { Readers } from "./readers.ts";
import { Recent } from "./recent.ts";
import { Sessions } from "./sessions.ts";
import type { ShownCall } from "./shown-call.ts";
import { SignIn } from "./sign-in.ts";

/** The page of a server: what `createServer` takes as `page`, and what receives its calls. */
export interface OwnerPage extends Page {
  /** Records a call: pass it to `createServer` as `onCall`. */
  record(call: CallRecord): void;
  /** An address at `origin` that opens the page once, within 15 minutes. */
  link(origin: string): string;
  close(): Promise<void>;
}

/** Milliseconds for which a check of the machine is reused. */
const lookLife = 30_000;

/**
 * The page at `/` and its data at `/acc/…`. The data is in memory, for the owner and for people who
 * have a role.
 */
export function createPage(options: PageOptions): OwnerPage {
  const { access, keys, people, models = {}, now = Date.now } = options;
  const audit = requiredAudit(boundedAudit(options.audit ?? (async () => {}), now));
  const recent = new Recent(options.maxCalls ?? 500, options.prices);
  const sessions = new Sessions(now);
  const readers = new Readers(sessions, people, audit);
  const isSecure = options.url?.startsWith("https:") ?? false;
  const signIn = new SignIn(sessions, readers, { people, audit, isSecure });
  const ending = new AbortController();
  const machine = remembered(options.status ?? (async () => []), now);

  const newLink = async (request: Request, info?: RequestInfo): Promise<Response> => {
    const caller = isLocal(info) ? await access.identify(bearerOf(request), info) : notLocal;
    if (isRefusal(caller)) return refused(caller);
    if (caller.kind !== "owner") return refused(ownerOnly);
    await audit({ action: "link", actor: "owner", outcome: "ok" });
    return json({ path: pathFor(sessions.newCode()) });
  };

  const state = async (reader: Reader): Promise<Response> => {
    // First, because it can take seconds, and calls that end meanwhile must be included.
    const seen = await machine();
    return json({
      now: now(),
      count: recent.calls.count,
      calls: recent.calls.last().map((call) => shownTo(reader, call)),
      minutes: recent.minutes.list(now()),
      machine: seen,
      models: Object.keys(models).filter((name) => !name.includes("*")),
      settings: clientSettings,
      hasKeys: keys !== undefined,
      reader: { name: reader.name, keys: reader.may("keys"), texts: reader.may("texts") },
    });
  };

  const feed = (request: Request, info: RequestInfo | undefined, reader: Reader): Response => {
    const ended = AbortSignal.any([request.signal, ending.signal]);
    const headers = { ...safeHeaders, "content-type": "text/event-stream; charset=utf-8" };
    const body = eventFeed(recent.calls, ended, {
      shown: (event) => ({ ...event, call: shownTo(reader, event.call) }),
      isIn: async () => !isRefusal(await readers.of(request, info)),
    });
    return new Response(body, { headers });
  };

  const answer = async (request: Request, path: string, info: RequestInfo | undefined) => {
    const reader = await readers.of(request, info);
    if (isRefusal(reader)) return refused(reader, people && { signIn: people.kind });
    const asked = `${request.method} ${path}`;
    if (asked === "GET /acc/state") return state(reader);
    if (asked === "GET /acc/events") return feed(request, info, reader);
    if (asked === "DELETE /acc/session") return signIn.leave(request, reader);
    const ofKeys = keys && (await answerKeys(request, path, { keys, reader, audit }));
    return ofKeys ?? notFound(path);
  };

  const open = async (request: Request, path: string, info: RequestInfo | undefined) => {
    if (people === undefined && !isLocal(info)) return answer(request, path, info);
    const asked = `${request.method} ${path}`;
    if (asked === "POST /acc/session") return signIn.enter(request, info);
    if (asked === "POST /acc/link") return newLink(request, info);
    if (asked === "GET /acc/login") return signIn.begin(request);
    if (asked === "GET /acc/login/callback") return signIn.finish(request);
    return answer(request, path, info);
  };

  return {
    async fetch(request, info) {
      const { pathname } = new URL(request.url);
      const isRead = request.method === "GET" || request.method === "HEAD";
      const asset = isRead ? assetAt(pathname) : undefined;
      if (asset !== undefined) return asset;
      return open(request, pathname, info).catch(failed);
    },
    record: (call) => recent.add(call),
    link: (origin) => `${origin}${pathFor(sessions.newCode())}`,
    close: async () => ending.abort(),
  };
}

/** A call as this reader may see it: prompts only if the role allows it. */
function shownTo(reader: Reader, call: ShownCall): ShownCall {
  if (call.prompt === undefined || reader.may("texts")) return call;
  const { prompt: _, ...rest } = call;
  return rest;
}

function bearerOf({ headers }: Request): string | undefined {
  return /^bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
}

/** The part after the # is sent to no server: the page's script trades it for a session. */
function pathFor(code: string): string {
  return `/#enter=${code}`;
}

const ownerOnly: Refusal = {
  status: 403,
  code: "OWNER_ONLY",
  message: "The page is only for the owner: a key does not open it.",
};

function notFound(path: string): Response {
  return refused({ status: 404, code: "NOT_FOUND", message: `There is nothing at ${path}.` });
}

/** A check of the machine, shared by all readers while it is reused. */
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
