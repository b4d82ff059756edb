import {
  askOnce,
  getJson,
  givenText,
  isMembers,
  type ListPage,
  pagesOf,
  type RunContext,
  unreadable,
} from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";
import { who } from "./chunk.ts";
import { type Route, toRoute } from "./route.ts";

const vendorUrl = "https://generativelanguage.googleapis.com";

/**
 * Lists the models that the key can use for answers, without the API's models for embeddings and
 * images. Uses HTTP for both packages, because @google/generative-ai has no method for it.
 */
export async function listModels(context: RunContext<object>): Promise<readonly string[]> {
  const route = toRoute(context, context.signal);
  const names: string[] = [];
  for await (const page of pagesOf(who, (token) => getPage(route, token))) names.push(...page);
  return names;
}

async function getPage(
  { apiKey, baseUrl = vendorUrl, signal }: Route,
  pageToken: string | undefined,
): Promise<ListPage<string>> {
  const query = new URLSearchParams({ pageSize: "1000", ...(pageToken && { pageToken }) });
  const headers = { "x-goog-api-key": apiKey };
  const options = { headers, signal, refusals };
  const ask = () => getJson(`${baseUrl}/v1beta/models?${query}`, options);
  return toPage(await askOnce({ signal, ask, failure: (thrown) => thrown }));
}

/**
 * Reads the names of the models that can answer. The API writes them as "models/gemini-2.5-flash".
 */
function toPage(page: unknown): ListPage<string> {
  if (!isMembers(page) || !Array.isArray(page.models)) throw unreadable(who, "no list of models");
  const models = page.models.map(toModel);
  const all = models.filter(({ answers }) => answers).map(({ name }) => name);
  return { all, next: givenText(page.nextPageToken) };
}

function toModel(model: unknown): { readonly name: string; readonly answers: boolean } {
  const { name, supportedGenerationMethods: methods } = isMembers(model) ? model : {};
  const given = givenText(name);
  if (given === undefined) throw unreadable(who, "a list with a model that has no name");
  const answers = Array.isArray(methods) && methods.includes("generateContent");
  return { name: given.replace(/^models\//, ""), answers };
}
