import type { Refusal, RequestInfo } from "../contract/access.ts";
import type { Identity, Permission } from "../contract/people.ts";
import { isLoopback } from "../safety/loopback.ts";
import type { Session } from "./sessions.ts";

/** Who views the page: the owner, who may do everything, or a person with a role. */
export interface Reader {
  /** "owner", or the person's e-mail address, else `sub:` and the provider's name for them. */
  readonly name: string;
  readonly session: Session;
  readonly isOwner: boolean;
  may(permission: Permission): boolean;
}

export function ownerReader(session: Session): Reader {
  return { name: "owner", session, isOwner: true, may: () => true };
}

export function nameOf({ email, subject }: Identity): string {
  return email ?? `sub:${subject}`;
}

/** If the address is not known, the program that runs the handler has to restrict access. */
export function isLocal(info: RequestInfo | undefined): boolean {
  return info?.remoteAddress === undefined || isLoopback(info.remoteAddress);
}

export const notLocal: Refusal = {
  status: 403,
  code: "PAGE_IS_LOCAL",
  message: "The page opens only on the machine that runs the server.",
};
