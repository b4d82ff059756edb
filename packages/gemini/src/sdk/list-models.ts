import { DualModeError, getJson, type RunContext } from "@acc/dual-mode/provider";
import { fixFor } from "../failure.ts";
import { type Route, toRoute } from "./route.ts";

const vendorUrl = "https://generativelanguage.googleapis.com";

/** A page of `models.list`, as far as it is read. */
interface Page {
  readonly models: readonly Model[];
  readonly nextPageToken?: string;
}

interface Model {
  /** "models/gemini-2.5-flash" */
  readonly name: string;
  readonly supportedGenerationMethods?: readonly string[];
}

/**
 * The models that the key can ask for an answer; the API has those for embeddings and images besides.
 * Over HTTP for both packages, for @google/generative-ai has no call for it.
 */
export async function listModels(context: RunContext<object>): Promise<readonly string[]> {
  const route = toRoute(context, context.signal);
  const names: string[] = [];
  let token: string | undefined;
  do {
    const page = await getPage(route, token);
    const able = page.models.filter((model) =>
      model.supportedGenerationMethods?.includes("generateContent"),
    );
    names.push(...able.map(({ name }) => name.replace(/^models\//, "")));
    token = page.nextPageToken || undefined;
  } while (token !== undefined);
  return names;
}

async function getPage(
  { apiKey, baseUrl = vendorUrl, signal }: Route,
  pageToken: string | undefined,
): Promise<Page> {
  const query = new URLSearchParams({ pageSize: "1000", ...(pageToken && { pageToken }) });
  const headers = { "x-goog-api-key": apiKey };
  const page = await getJson(`${baseUrl}/v1beta/models?${query}`, { headers, signal }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      throw DualModeError.is(error) ? withFix(error) : error;
    },
  );
  if (isPage(page)) return page;
  throw new DualModeError("INVALID_OUTPUT", "Gemini's API gave no list of models.");
}

function isPage(page: unknown): page is Page {
  const { models } = Object(page) as Partial<Page>;
  return Array.isArray(models) && models.every((model) => typeof model?.name === "string");
}

function withFix({ code, message, fix, status, retryAfter, cause }: DualModeError): DualModeError {
  return new DualModeError(code, message, {
    ...(fix === undefined ? fixFor(code) : { fix }),
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter }),
    cause,
  });
}
