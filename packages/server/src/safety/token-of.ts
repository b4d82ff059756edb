/**
 * The token that a request brings: as `Authorization: Bearer`, as OpenAI's clients send it, else as
 * `x-api-key`, as Anthropic's do. Never one in the address, for addresses are logged and kept.
 */
export function tokenOf(headers: Headers): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1];
  return bearer ?? (headers.get("x-api-key")?.trim() || undefined);
}
