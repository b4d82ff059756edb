import { foreignText } from "../text/foreign-text.ts";

/**
 * Returns an id if it has the form of a vendor's request id: `req_011CSHoEeqs5C35K2UUqR7Fy`, a
 * UUID, a number.
 */
export function believedId(said: unknown): string | undefined {
  if (typeof said !== "string" || !/^[\w.:-]{1,128}$/.test(said)) return undefined;
  return foreignText(said);
}

/** Returns the id in a text: "Please include the request ID req_1332… in your message." */
export function idInWords(said: string): string | undefined {
  const id = /\brequest[ _-]?id\b\W{0,4}([\w-]{6,128})/i.exec(said)?.[1];
  return id !== undefined && /\d/.test(id) ? believedId(id) : undefined;
}
