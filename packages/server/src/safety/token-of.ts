/**
 * Returns the token of a request: `Authorization: Bearer`, as OpenAI's clients send it, else
 * `x-api-key`, as Anthropic's do. A token in the URL is never read, because URLs are logged and
 * kept.
 */
export function tokenOf(headers: Headers): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1];
  return bearer ?? (headers.get("x-api-key")?.trim() || undefined);
}
