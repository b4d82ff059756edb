/** Headers that let a listed page read the answer; none for a request without an Origin. */
export function corsHeaders(request: Request): Readonly<Record<string, string>> {
  const origin = request.headers.get("origin");
  if (origin === null) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers":
      "x-request-id, request-id, x-acc-mode, x-acc-provider, x-acc-cached, x-acc-joined, " +
      "x-acc-attempts, x-acc-warnings, x-acc-ignored, x-should-retry, retry-after, retry-after-ms",
    vary: "Origin",
  };
}

/** Answers a browser's preflight request; its Origin has passed `checkOrigin`. */
export function preflight(request: Request): Response {
  const asked = request.headers.get("access-control-request-headers");
  const headers = {
    ...corsHeaders(request),
    "access-control-allow-methods": "GET, POST",
    // Echoed: the clients of OpenAI and Anthropic send their own headers, and more with each
    // version.
    ...(asked === null ? {} : { "access-control-allow-headers": asked }),
    "access-control-max-age": "600",
  };
  return new Response(null, { status: 204, headers });
}
