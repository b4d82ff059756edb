import { createHmac, timingSafeEqual } from "node:crypto";

/** The side that proves it: a proof of one side cannot be reused by the other. */
type Side = "acc chat" | "acc serve";

/** The answer to a nonce that can be computed only with the token, which itself is never sent. */
export function proofOf(side: Side, token: string, nonce: string): string {
  return createHmac("sha256", token).update(`${side}\0${nonce}`).digest("base64url");
}

export function isProof(given: unknown, ...of: Parameters<typeof proofOf>): boolean {
  if (typeof given !== "string") return false;
  const [one, other] = [Buffer.from(given), Buffer.from(proofOf(...of))];
  return one.length === other.length && timingSafeEqual(one, other);
}
