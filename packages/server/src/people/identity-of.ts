import type { Identity } from "../contract/people.ts";

/** How claims identify a person. */
export interface ClaimOptions {
  /** The claim that contains the groups. @default "groups" */
  readonly groups?: string;
  /**
   * Whether an e-mail address counts if the token does not say that it is verified; one that is
   * said not to be verified never does.
   */
  readonly trustEmail: boolean;
}

/** Reads the person from a valid token's claims; undefined if they name none. */
export function identityOf(
  claims: Readonly<Record<string, unknown>>,
  { groups: groupsClaim = "groups", trustEmail }: ClaimOptions,
): Identity | undefined {
  const { sub, email, email_verified: verified } = claims;
  if (typeof sub !== "string" || sub === "") return undefined;
  // Some providers write it as a string.
  const isVerified = verified === true || verified === "true";
  const isTrusted = isVerified || (trustEmail && verified === undefined);
  const hasEmail = typeof email === "string" && email !== "" && isTrusted;
  const groups = claims[groupsClaim];
  return {
    subject: sub,
    ...(hasEmail && { email: email.toLowerCase() }),
    groups: (Array.isArray(groups) ? groups : [groups]).filter(
      (group): group is string => typeof group === "string" && group !== "",
    ),
  };
}
