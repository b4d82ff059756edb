import { createHash, randomBytes } from "node:crypto";
import type { Identity } from "../contract/people.ts";

/**
 * Milliseconds for which a link can be used, and within which a browser must return after a sign-in.
 */
const linkLife = 15 * 60_000;
const entryLife = 60_000;
/** Milliseconds after which an unused session ends. */
const sessionLife = 12 * 3_600_000;
/** Milliseconds after which a person must sign in again: the provider may have removed them. */
const personLife = 8 * 3_600_000;
const most = { codes: 256, sessions: 1024, ofOne: 16 };

/**
 * The two halves of a session: the browser hides `cookie` from the page's scripts, and the page's
 * origin keeps `proof`. Cookies of a host are sent to every port of it, so a cookie proves nothing
 * by itself.
 */
export interface Session {
  readonly cookie: string;
  readonly proof: string;
}

/** The owner of a session: a person, or else the server's owner. */
export interface Holder {
  readonly person?: Identity;
}

interface Code extends Holder {
  readonly expires: number;
  /** Hash of the ticket that the browser must have in addition; "" for none. */
  readonly ticket: string;
}

interface Kept extends Holder {
  readonly proof: string;
  readonly ends: number;
  expires: number;
}

/** The open sessions of the page. All of it is in memory, as hashes. */
export class Sessions {
  readonly #now: () => number;
  readonly #codes = new Map<string, Code>();
  readonly #sessions = new Map<string, Kept>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Makes a code that opens the page once: for the owner, within 15 minutes. */
  newCode(): string {
    const code = random();
    const kept = { expires: this.#now() + linkLife, ticket: "" };
    keep(this.#codes, hashOf(code), kept, most.codes);
    return code;
  }

  /**
   * Makes a code that opens the page once for a person, within a minute, and only together with the
   * ticket.
   */
  newEntry(person: Identity): { readonly code: string; readonly ticket: string } {
    const [code, ticket] = [random(), random()];
    const kept = { person, expires: this.#now() + entryLife, ticket: hashOf(ticket) };
    keep(this.#codes, hashOf(code), kept, most.codes);
    return { code, ticket };
  }

  /** Opens a session, if the code has not been used yet and was made for this browser. */
  enter(code: string, ticket: string): (Session & Holder) | undefined {
    const hash = hashOf(code);
    const kept = this.#codes.get(hash);
    this.#codes.delete(hash);
    if (kept === undefined || kept.expires <= this.#now()) return undefined;
    if (kept.ticket !== "" && kept.ticket !== hashOf(ticket)) return undefined;
    return this.open(kept.person);
  }

  /** Opens a session of a person, or else of the owner. */
  open(person: Identity | undefined): Session & Holder {
    const now = this.#now();
    const holder = person === undefined ? {} : { person };
    const session = { cookie: random(), proof: random() };
    const ends = person === undefined ? Number.POSITIVE_INFINITY : now + personLife;
    const kept = { ...holder, proof: hashOf(session.proof), ends, expires: now + sessionLife };
    if (person !== undefined) this.#makeRoom(person);
    keep(this.#sessions, hashOf(session.cookie), kept, most.sessions);
    return { ...session, ...holder };
  }

  /**
   * Finds the holder of the session to which both halves belong, and keeps it open; undefined if
   * there is none.
   */
  find({ cookie, proof }: Session): Holder | undefined {
    const kept = this.#sessions.get(hashOf(cookie));
    const now = this.#now();
    if (kept === undefined || Math.min(kept.expires, kept.ends) <= now) return undefined;
    if (kept.proof !== hashOf(proof)) return undefined;
    kept.expires = now + sessionLife;
    return kept;
  }

  /** Removes a person's own oldest session, so that repeated sign-ins end nobody else's. */
  #makeRoom({ subject }: Identity): void {
    const own = [...this.#sessions].filter(([, { person }]) => person?.subject === subject);
    const [oldest] = own;
    if (own.length >= most.ofOne && oldest !== undefined) this.#sessions.delete(oldest[0]);
  }

  leave({ cookie }: Session): void {
    this.#sessions.delete(hashOf(cookie));
  }
}

/** Adds a value, and removes the oldest if there is no room. */
function keep<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  const [oldest] = map.keys();
  if (map.size >= most && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}

function random(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * Hashes a secret. Only hashes are compared, so the time of a comparison reveals nothing about the
 * stored one.
 */
function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
