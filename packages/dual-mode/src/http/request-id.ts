import { foreignText } from "../text/foreign-text.ts";
import { type HeaderBag, headerOf } from "./retry-after.ts";

/** Headers in which vendors, clouds and routers give a request's id, the vendors' own first. */
const names = [
  "request-id",
  "x-request-id",
  "x-goog-request-id",
  "apim-request-id",
  "x-amzn-requestid",
];

/** The vendor's id of a request, as the headers of its answer tell it. */
export function requestId(headers: HeaderBag): string | undefined {
  for (const name of names) {
    const id = believedId(headerOf(headers, name));
    if (id !== undefined) return id;
  }
  return undefined;
}

/** An id as vendors give it to be quoted: `req_011CSHoEeqs5C35K2UUqR7Fy`, a UUID, a number. */
export function believedId(said: unknown): string | undefined {
  if (typeof said !== "string" || !/^[\w.:-]{1,128}$/.test(said)) return undefined;
  return foreignText(said);
}

/** The id that words name: "Please include the request ID req_1332… in your message." */
export function idInWords(said: string): string | undefined {
  const id = /\brequest[ _-]?id\b\W{0,4}([\w-]{6,128})/i.exec(said)?.[1];
  return id !== undefined && /\d/.test(id) ? believedId(id) : undefined;
}
