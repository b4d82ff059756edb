import { isRefusal, type Refusal, type RequestInfo } from "../contract/access.ts";
import type { Audit } from "../contract/audit.ts";
import type { People } from "../contract/people.ts";
import { isLoopbackName } from "../safety/check-host.ts";
import { safeHeaders } from "./assets.ts";
import { json, readJson, refused } from "./json.ts";
import { isLocal, notLocal, type Reader } from "./reader.ts";
import type { Readers } from "./readers.ts";
import { cookieOf, loginCookie, sessionCookie } from "./session-cookie.ts";
import type { Holder, Session, Sessions } from "./sessions.ts";

/** The ways in: a link of the owner's, a proxy's signature, or a sign-in at a provider. */
export class SignIn {
  readonly #sessions: Sessions;
  readonly #readers: Readers;
  readonly #people: People | undefined;
  readonly #audit: Audit;
  /** Whether browsers reach the server by https, even if TLS ends before it. */
  readonly #isSecure: boolean;

  constructor(
    sessions: Sessions,
    readers: Readers,
    { people, audit, isSecure }: { people: People | undefined; audit: Audit; isSecure: boolean },
  ) {
    this.#sessions = sessions;
    this.#readers = readers;
    this.#people = people;
    this.#audit = audit;
    this.#isSecure = isSecure;
  }

  /** Opens a session with a code or, without one, with what the proxy signed. */
  async enter(request: Request, info: RequestInfo | undefined): Promise<Response> {
    const body = await readJson(request);
    if (body instanceof Response) return body;
    if (body.code === undefined) return this.#enterByProxy(request);
    const session = this.#sessions.enter(String(body.code), cookieOf(request, "login"));
    if (session === undefined) return refused(linkUsed);
    if (session.person !== undefined) return this.#opened(request, session);
    if (!isLocal(info)) {
      this.#sessions.leave(session);
      return refused(notLocal);
    }
    await this.#audit({ action: "sign-in", actor: "owner", outcome: "ok" });
    return this.#opened(request, session);
  }

  /** Sends a browser to the identity provider. */
  async begin(request: Request): Promise<Response> {
    if (this.#people?.kind !== "oidc") return refused(noSignIn);
    const started = await this.#people.begin();
    if (isRefusal(started)) return this.#notIn(request, started);
    return this.#sendTo(request, started.location, started.ticket);
  }

  /** Receives a browser from the identity provider, and sends it only to the page. */
  async finish(request: Request): Promise<Response> {
    if (this.#people?.kind !== "oidc") return refused(noSignIn);
    const found = await this.#people.finish(new URL(request.url), cookieOf(request, "login"));
    if (isRefusal(found)) {
      await this.#audit({ action: "sign-in", actor: "unknown", outcome: found.code });
      return this.#notIn(request, found);
    }
    const person = await this.#readers.admit(found);
    if (isRefusal(person)) return this.#notIn(request, person);
    const { code, ticket } = this.#sessions.newEntry(person);
    return this.#sendTo(request, `/#enter=${code}`, ticket);
  }

  async leave(request: Request, { session, name, isOwner }: Reader): Promise<Response> {
    this.#sessions.leave(session);
    await this.#audit({ action: "sign-out", actor: name, outcome: "ok" });
    return json(
      {},
      { "set-cookie": sessionCookie(request, "", this.#isSecureFor(request, isOwner)) },
    );
  }

  async #enterByProxy(request: Request): Promise<Response> {
    const signed = await this.#readers.signedBy(request);
    if (signed === undefined) return refused(linkUsed);
    if (isRefusal(signed)) {
      await this.#audit({ action: "sign-in", actor: "unknown", outcome: signed.code });
      return refused(signed);
    }
    const person = await this.#readers.admit(signed);
    if (isRefusal(person)) return refused(person);
    return this.#opened(request, this.#sessions.open(person));
  }

  #opened(request: Request, { cookie, proof, person }: Session & Holder): Response {
    const response = json({ proof });
    const isSecure = this.#isSecureFor(request, person === undefined);
    response.headers.append("set-cookie", sessionCookie(request, cookie, isSecure));
    if (cookieOf(request, "login") !== "") this.#forget(request, response);
    return response;
  }

  /**
   * The owner's link leads to this machine by http, where Safari keeps no `Secure` cookie
   * (keycloak/keycloak#33557).
   */
  #isSecureFor({ headers }: Request, isOwner: boolean): boolean {
    const isHere = isOwner && isLoopbackName(headers.get("host") ?? "");
    return this.#isSecure && !isHere;
  }

  #sendTo(request: Request, location: string, ticket: string): Response {
    const headers = {
      ...safeHeaders,
      location,
      "set-cookie": loginCookie(request, ticket, this.#isSecure),
    };
    return new Response(null, { status: 302, headers });
  }

  /** A browser came by itself, not the page's script: it gets the answer as a page. */
  #notIn(request: Request, { status, code, message }: Refusal): Response {
    const again = '<p><a href="/acc/login">Sign in again</a>, or <a href="/">go back</a>.</p>';
    const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>acc</title>';
    const body = `${head}<main><h1>Not signed in</h1><p>${message}</p>${again}<p>${code}</p></main>`;
    const headers = { ...safeHeaders, "content-type": "text/html; charset=utf-8" };
    const response = new Response(body, { status, headers });
    this.#forget(request, response);
    return response;
  }

  #forget(request: Request, { headers }: Response): void {
    headers.append("set-cookie", loginCookie(request, "", this.#isSecure));
  }
}

const linkUsed: Refusal = {
  status: 401,
  code: "LINK_USED",
  message: "The link was used before, or is too old. Ask for a new one: acc serve link",
};
const noSignIn: Refusal = {
  status: 404,
  code: "NOT_FOUND",
  message: "This server has no sign-in. Its owner opens the page by a link: acc serve link",
};
