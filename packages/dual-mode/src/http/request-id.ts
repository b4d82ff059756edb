import { believedId } from "../failures/believed-id.ts";
import { type HeaderBag, headerOf } from "./retry-after.ts";

/**
 * Headers in which vendors, clouds and routers send a request's id; the vendors' own come first.
 */
const names = [
  "request-id",
  "x-request-id",
  "x-goog-request-id",
  "apim-request-id",
  "x-amzn-requestid",
];

/** Returns the vendor's id of a request from the headers of its answer. */
export function requestId(headers: HeaderBag): string | undefined {
  for (const name of names) {
    const id = believedId(headerOf(headers, name));
    if (id !== undefined) return id;
  }
  return undefined;
}
