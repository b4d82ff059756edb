import { AccessError } from "../access/access-error.ts";
import { isLoopback } from "../safety/loopback.ts";

/**
 * Checks that nobody on the network can answer in place of an address: https, or loopback.
 *
 * @throws AccessError `INVALID_OPTION`
 */
export function checkAddress(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isHere(url))) return url;
  const message = `${name} has to be an address that begins with https://, and is ${JSON.stringify(text)}.`;
  throw new AccessError("INVALID_OPTION", message);
}

export function isHere({ hostname }: URL): boolean {
  return hostname === "localhost" || isLoopback(hostname.replace(/^\[|\]$/g, ""));
}

/** @throws AccessError `INVALID_OPTION` */
export function checkText(name: string, text: unknown): void {
  if (typeof text === "string" && text.trim() !== "") return;
  throw new AccessError("INVALID_OPTION", `${name} has to be a text that is not empty.`);
}
