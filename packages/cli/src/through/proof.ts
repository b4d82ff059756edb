import { createHmac, timingSafeEqual } from "node:crypto";

/** Who proves it: what one side has said is no proof of the other. */
type Side = "acc chat" | "acc serve";

/** What only who knows the token can say to a nonce; the token itself goes nowhere. */
export function proofOf(side: Side, token: string, nonce: string): string {
  return createHmac("sha256", token).update(`${side}\0${nonce}`).digest("base64url");
}

export function isProof(given: unknown, ...of: Parameters<typeof proofOf>): boolean {
  if (typeof given !== "string") return false;
  const [one, other] = [Buffer.from(given), Buffer.from(proofOf(...of))];
  return one.length === other.length && timingSafeEqual(one, other);
}
