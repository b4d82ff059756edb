import { randomBytes } from "node:crypto";
import { EncryptJWT, jwtDecrypt } from "jose";

/** The values with which a sign-in must return. */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Seconds within which a person must sign in at the identity provider. */
const ticketLife = 600;
/** Used tickets that are remembered: each has come back with its state. */
const mostUsed = 10_000;

/**
 * Stores the values with which a sign-in must return in the browser, encrypted, so that the server
 * keeps nothing about sign-ins that were only begun, however many there are. A ticket is accepted
 * once.
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

  /**
   * Returns the content of a ticket; undefined if it has expired, was used, or is not from this
   * server.
   */
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
