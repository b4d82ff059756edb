import {
  type LoopbackServer,
  type RawRequest,
  startLoopbackServer,
} from "../../scripts/loopback-server.ts";
import { plays, refuses, type Vendor } from "../../scripts/vendor-answers.ts";
import { PlayedLimit, type Shape } from "./played-limit.ts";

/** A vendor's limit on each key. */
export interface ServedLimit {
  readonly shape: Shape;
  /** Calls in one interval. */
  readonly limit: number;
  /** Milliseconds. */
  readonly interval: number;
  /** What goes with a refusal. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers as Claude, Gemini or Groq, as the path is, and takes so many calls of each key and no more. */
export async function startLimitedServer(served: ServedLimit): Promise<LoopbackServer> {
  const keys = new Map<string, PlayedLimit>();
  return startLoopbackServer((response, request) => {
    const key = keyOf(request);
    const { shape, limit, interval } = served;
    const now = performance.now();
    const played = keys.get(key) ?? new PlayedLimit(shape, limit, interval, now);
    keys.set(key, played);
    const vendor = vendorOf(request.path);
    if (played.takes(now)) return plays(vendor, "ok")(response, request);
    const error = { type: refusal[vendor], message: "Slow down." };
    return refuses(vendor, 429, error, served.headers)(response, request);
  });
}

const refusal: Readonly<Record<Vendor, string>> = {
  claude: "rate_limit_error",
  gemini: "RESOURCE_EXHAUSTED",
  groq: "rate_limit_exceeded",
  openai: "rate_limit_exceeded",
};

function keyOf({ headers }: RawRequest): string {
  return String(headers["x-api-key"] ?? headers["x-goog-api-key"] ?? headers.authorization);
}

function vendorOf(path: string): Vendor {
  if (path.includes("chat/completions")) return "groq";
  if (path.endsWith("/responses")) return "openai";
  return path.includes("v1/messages") ? "claude" : "gemini";
}
