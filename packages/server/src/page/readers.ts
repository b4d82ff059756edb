import { isRefusal, type Refusal, type RequestInfo } from "../contract/access.ts";
import type { Audit } from "../contract/audit.ts";
import type { Identity, People } from "../contract/people.ts";
import { isLocal, nameOf, notLocal, ownerReader, type Reader } from "./reader.ts";
import { cookieOf } from "./session-cookie.ts";
import type { Session, Sessions } from "./sessions.ts";

/** Determines who views the page, anew for each request. */
export class Readers {
  readonly #sessions: Sessions;
  readonly #people: People | undefined;
  readonly #audit: Audit;

  constructor(sessions: Sessions, people: People | undefined, audit: Audit) {
    this.#sessions = sessions;
    this.#people = people;
    this.#audit = audit;
  }

  /**
   * Returns the reader of a request. For a person, the proxy's signature and the role are checked
   * each time.
   */
  async of(request: Request, info: RequestInfo | undefined): Promise<Reader | Refusal> {
    if (this.#people === undefined && !isLocal(info)) return notLocal;
    const proof = request.headers.get("x-acc-page") ?? "";
    const session = { cookie: cookieOf(request), proof };
    const holder = this.#sessions.find(session);
    if (holder === undefined) return closed;
    const { person } = holder;
    if (person === undefined) return isLocal(info) ? ownerReader(session) : notLocal;
    const signed = await this.signedBy(request);
    if (signed === undefined) return this.#reader(person, session);
    if (isRefusal(signed)) return signed;
    return signed.subject === person.subject ? this.#reader(signed, session) : this.#end(session);
  }

  /**
   * Returns the person named in the signature of a proxy in front of the server; undefined if
   * people sign in otherwise.
   */
  async signedBy(request: Request): Promise<Identity | Refusal | undefined> {
    return this.#people?.kind === "proxy" ? this.#people.identify(request) : undefined;
  }

  /** Lets in a person who has a role, and records both outcomes. */
  async admit(person: Identity): Promise<Identity | Refusal> {
    const isKnown = (await this.#people?.permissions(person))?.has("page") ?? false;
    const outcome = isKnown ? "ok" : roleMissing.code;
    await this.#audit({ action: "sign-in", actor: nameOf(person), outcome });
    return isKnown ? person : roleMissing;
  }

  async #reader(person: Identity, session: Session): Promise<Reader | Refusal> {
    const permissions = await this.#people?.permissions(person);
    if (!permissions?.has("page")) {
      this.#sessions.leave(session);
      const actor = nameOf(person);
      await this.#audit({ action: "page", actor, outcome: roleMissing.code });
      return roleMissing;
    }
    const may: Reader["may"] = (each) => permissions.has(each);
    return { name: nameOf(person), session, isOwner: false, may };
  }

  /** Ends a session if the proxy let in a different person. */
  #end(session: Session): Refusal {
    this.#sessions.leave(session);
    return closed;
  }
}

const closed: Refusal = {
  status: 401,
  code: "PAGE_CLOSED",
  message: "Open the page by its link.",
};
const roleMissing: Refusal = {
  status: 403,
  code: "ROLE_MISSING",
  message: "You have signed in, but have no role on this server. Ask its administrator for one.",
};
