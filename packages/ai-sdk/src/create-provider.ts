import { type Client, DualModeError } from "@acc/dual-mode";
import { AskedBefore } from "./asked-before.ts";
import type { Clients, Provider } from "./contract/provider.ts";
import { noSuchModel } from "./errors/refusals-of-ours.ts";
import type { ModelSource } from "./model-source.ts";
import { RefusedAnswers } from "./refused-answers.ts";

/**
 * Makes an AI SDK provider of clients.
 *
 * @param toModel Makes a model for one version of the AI SDK's interface.
 */
export function createProvider<Named extends Clients, Model>(
  clients: Named,
  toModel: (source: ModelSource, modelId: string) => Model,
): Provider<Named, Model> {
  const named = checkedClients(clients);
  const refusals = new RefusedAnswers();
  const before = new AskedBefore();
  const languageModel = (modelId: string): Model => {
    const found = findClient(named, modelId);
    if (found === undefined) {
      const known = [...named.keys()].map((name) => `"${name}"`).join(", ");
      const why = `Clients are ${known}; ask for one by its name, or for "name/model".`;
      throw noSuchModel(modelId, "languageModel", why);
    }
    return toModel({ ...found, refusals, before }, modelId);
  };
  const noEmbedding = (modelId: string) => {
    throw noSuchModel(modelId, "embeddingModel", onlyConversations);
  };
  return Object.assign((modelId: string) => languageModel(modelId), {
    languageModel,
    embeddingModel: noEmbedding,
    textEmbeddingModel: noEmbedding,
    imageModel: (modelId: string) => {
      throw noSuchModel(modelId, "imageModel", onlyConversations);
    },
    refuse: (answer: unknown) => refusals.refuse(answer),
  });
}

const onlyConversations = "The clients of @acc support only conversations.";

function checkedClients(clients: Clients): ReadonlyMap<string, Client> {
  const named = new Map(Object.entries(Object(clients) as Clients));
  const fix = "Give clients by name: createAcc({ claude: createClaude() }).";
  if (named.size === 0) {
    throw new DualModeError("INVALID_REQUEST", "createAcc needs at least one client.", { fix });
  }
  for (const [name, client] of named) {
    const { chat, stream } = Object(client) as Partial<Client>;
    if (typeof chat === "function" && typeof stream === "function" && name !== "") continue;
    const said = `clients.${name} is not a client.`;
    throw new DualModeError("INVALID_REQUEST", said, { fix });
  }
  return named;
}

/**
 * Finds a client by the whole id, or by the longest name before a slash: names of models contain
 * slashes too.
 */
function findClient(
  named: ReadonlyMap<string, Client>,
  modelId: string,
): Pick<ModelSource, "client" | "name" | "model"> | undefined {
  const exact = named.get(modelId);
  if (exact !== undefined) return { client: exact, name: modelId, model: undefined };
  for (let end = modelId.lastIndexOf("/"); end > 0; end = modelId.lastIndexOf("/", end - 1)) {
    const name = modelId.slice(0, end);
    const client = named.get(name);
    const model = modelId.slice(end + 1);
    if (client !== undefined && model !== "") return { client, name, model };
  }
  return undefined;
}
