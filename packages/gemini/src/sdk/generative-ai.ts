import {
  type CanonicalRequest,
  DualModeError,
  type Part,
  readAnswer,
  readServerSentEvents,
  sdkLoader,
} from "@acc/dual-mode/provider";
import type { GenerateContentRequest } from "@google/generative-ai";
import { toBody, withOwnMembers } from "./body.ts";
import { keepBody } from "./keep-body.ts";
import { ChunkEvents } from "./parts.ts";
import type { Route } from "./route.ts";

const load = sdkLoader("@google/generative-ai", () => import("@google/generative-ai"));

/**
 * Sends a request through @google/generative-ai, to Google's own address or to a server on this
 * machine, as in tests. Google no longer supports the package, so it is not used with gateways.
 */
export async function askGenerativeAi(
  request: CanonicalRequest,
  route: Route,
): Promise<AsyncIterable<Part>> {
  const { apiKey, baseUrl, signal } = route;
  if (baseUrl !== undefined && !isLoopback(baseUrl)) throw noBaseUrl();
  const body = withOwnMembers(toBody(request), request) as unknown as GenerateContentRequest;
  const { GoogleGenerativeAI } = await load();
  const model = new GoogleGenerativeAI(apiKey).getGenerativeModel(
    { model: request.model },
    baseUrl === undefined ? {} : { baseUrl },
  );
  const { fetch, answered } = keepBody(route);
  const call = withFetch(fetch, () => model.generateContentStream(body, { signal }));
  // The package rejects this promise as well as its stream; an unhandled rejection would end the
  // process.
  const heard = call.then(({ response }) => response.catch(() => {}));
  return readAnswer(readServerSentEvents(await answered(heard), route), new ChunkEvents());
}

/**
 * Runs the first step of a call with our `fetch` as the global one, because the package has no
 * option for it. No other code can run during that step.
 */
function withFetch<T>(fetch: typeof globalThis.fetch, begin: () => T): T {
  const global = globalThis.fetch;
  globalThis.fetch = fetch;
  try {
    return begin();
  } finally {
    globalThis.fetch = global;
  }
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

function noBaseUrl(): DualModeError {
  const message = 'sdk: "generative-ai" is used with Google\'s own address, and with no base URL.';
  return new DualModeError("INVALID_REQUEST", message, {
    fix: "Leave sdk out, or baseUrl and GOOGLE_GEMINI_BASE_URL.",
  });
}
