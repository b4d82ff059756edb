import { randomBytes } from "node:crypto";
import { EncryptJWT, jwtDecrypt } from "jose";

/** What a sign-in has to come back with. */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Seconds that somebody has to sign in at the identity provider. */
const ticketLife = 600;
/** Tickets that are remembered as used: each has come back with its state. */
const mostUsed = 10_000;

/**
 * Keeps what a sign-in has to come back with in the browser, encrypted: nothing is kept of who only
 * begins, however many do. A ticket is taken once.
 */
export class LoginTickets {
  readonly #key = randomBytes(32);
  readonly #used = new Set<string>();

  async seal(expected: Expected): Promise<string> {
    return new EncryptJWT({ ...expected })
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .setExpirationTime(`${ticketLife}s`)
      .encrypt(this.#key);
  }

  /** What the ticket holds; undefined for one that is old, used, or not of this server. */
  async take(ticket: string, state: string | null): Promise<Expected | undefined> {
    try {
      const { payload } = await jwtDecrypt<Expected>(ticket, this.#key, {
        keyManagementAlgorithms: ["dir"],
        contentEncryptionAlgorithms: ["A256GCM"],
      });
      if (payload.state !== state || this.#used.has(state)) return undefined;
      const [oldest] = this.#used;
      if (this.#used.size >= mostUsed && oldest !== undefined) this.#used.delete(oldest);
      this.#used.add(state);
      return payload;
    } catch {
      return undefined;
    }
  }
}
