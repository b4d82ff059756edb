import type { Identity } from "../contract/people.ts";

/** Which claims tell of a person. */
export interface ClaimOptions {
  /** The claim that has the groups. @default "groups" */
  readonly groups?: string;
  /** Whether an e-mail address counts that is not said to be verified; never one that is said not to be. */
  readonly trustEmail: boolean;
}

/** Who the claims of a good token are of; undefined where they name nobody. */
export function identityOf(
  claims: Readonly<Record<string, unknown>>,
  { groups: groupsClaim = "groups", trustEmail }: ClaimOptions,
): Identity | undefined {
  const { sub, email, email_verified: verified } = claims;
  if (typeof sub !== "string" || sub === "") return undefined;
  // Some providers write it as a text.
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
