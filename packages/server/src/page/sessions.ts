import { createHash, randomBytes } from "node:crypto";

/** Milliseconds that a link can be used. */
const linkLife = 15 * 60_000;
/** Milliseconds after which a page that nobody looked at is closed. */
const sessionLife = 12 * 3_600_000;
const most = { links: 16, sessions: 64 };

/**
 * Two halves of a session: the browser keeps `cookie` from the page's scripts, and the page's
 * origin keeps `proof`. Cookies of a host go to every port of it, so a cookie alone proves nothing.
 */
export interface Session {
  readonly cookie: string;
  readonly proof: string;
}

interface Kept {
  readonly proof: string;
  expires: number;
}

/** Who has the page open. All of it is in memory, as hashes. */
export class Sessions {
  readonly #now: () => number;
  readonly #links = new Map<string, number>();
  readonly #sessions = new Map<string, Kept>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A code that opens the page once, within 15 minutes. */
  newCode(): string {
    const code = random();
    keep(this.#links, hashOf(code), this.#now() + linkLife, most.links);
    return code;
  }

  /** A new session, where the code is one that was not used yet. */
  enter(code: string): Session | undefined {
    const hash = hashOf(code);
    const expires = this.#links.get(hash) ?? 0;
    this.#links.delete(hash);
    if (expires <= this.#now()) return undefined;
    const session = { cookie: random(), proof: random() };
    const kept = { proof: hashOf(session.proof), expires: this.#now() + sessionLife };
    keep(this.#sessions, hashOf(session.cookie), kept, most.sessions);
    return session;
  }

  /** Whether both halves are of one open session, which is then kept open. */
  isOpen({ cookie, proof }: Session): boolean {
    const kept = this.#sessions.get(hashOf(cookie));
    if (kept === undefined || kept.expires <= this.#now() || kept.proof !== hashOf(proof)) {
      return false;
    }
    kept.expires = this.#now() + sessionLife;
    return true;
  }

  leave({ cookie }: Session): void {
    this.#sessions.delete(hashOf(cookie));
  }
}

/** Where there is no room, the oldest goes. */
function keep<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  const [oldest] = map.keys();
  if (map.size >= most && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}

function random(): string {
  return randomBytes(32).toString("base64url");
}

/** Hashes are compared, so that the time it takes tells nothing of what was kept. */
function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
