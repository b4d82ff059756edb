import {
  DualModeError,
  getJson,
  givenText,
  isMembers,
  type RunContext,
  unreadable,
} from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";
import { who } from "./chunk.ts";
import { type Route, toRoute } from "./route.ts";

const vendorUrl = "https://generativelanguage.googleapis.com";

/** Pages of up to a thousand models. */
const mostPages = 100;

/** A page of `models.list`, as far as it is read. */
interface Page {
  /** "gemini-2.5-flash" */
  readonly names: readonly string[];
  readonly next: string | undefined;
}

/**
 * The models that the key can ask for an answer; the API has those for embeddings and images besides.
 * Over HTTP for both packages, for @google/generative-ai has no call for it.
 */
export async function listModels(context: RunContext<object>): Promise<readonly string[]> {
  const route = toRoute(context, context.signal);
  const names: string[] = [];
  let token: string | undefined;
  let pages = 0;
  do {
    if (++pages > mostPages) throw withoutEnd();
    const page = await getPage(route, token);
    names.push(...page.names);
    if (page.next !== undefined && page.next === token) throw unreadable(who, "a page twice");
    token = page.next;
  } while (token !== undefined);
  return names;
}

function withoutEnd(): DualModeError {
  const message = `The list of models is over the limit of ${mostPages} pages.`;
  return new DualModeError("OUTPUT_TOO_LARGE", message, { fix: "Look at the base URL." });
}

async function getPage(
  { apiKey, baseUrl = vendorUrl, signal }: Route,
  pageToken: string | undefined,
): Promise<Page> {
  const query = new URLSearchParams({ pageSize: "1000", ...(pageToken && { pageToken }) });
  const headers = { "x-goog-api-key": apiKey };
  const options = { headers, signal, refusals };
  const page = await getJson(`${baseUrl}/v1beta/models?${query}`, options).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      throw error;
    },
  );
  return toPage(page);
}

/** The names of the models that answer, as the API writes them: "models/gemini-2.5-flash". */
function toPage(page: unknown): Page {
  if (!isMembers(page) || !Array.isArray(page.models)) throw unreadable(who, "no list of models");
  const models = page.models.map(toModel);
  const names = models.filter(({ answers }) => answers).map(({ name }) => name);
  return { names, next: givenText(page.nextPageToken) };
}

function toModel(model: unknown): { readonly name: string; readonly answers: boolean } {
  const { name, supportedGenerationMethods: methods } = isMembers(model) ? model : {};
  const given = givenText(name);
  if (given === undefined) throw unreadable(who, "a list with a model that has no name");
  const answers = Array.isArray(methods) && methods.includes("generateContent");
  return { name: given.replace(/^models\//, ""), answers };
}
