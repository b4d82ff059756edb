import type { ListedModel } from "./models.ts";

/** A model in the form of OpenAI's list. `created` is in seconds since the epoch. */
export function openaiModel({ id, provider }: ListedModel, created: number): object {
  return { id, object: "model", created, owned_by: provider };
}

export function openaiList(models: readonly ListedModel[], created: number): object {
  return { object: "list", data: models.map((model) => openaiModel(model, created)) };
}

/** A model in the form of Anthropic's list. */
export function anthropicModel({ id }: ListedModel, created: number): object {
  const created_at = new Date(created * 1_000).toISOString();
  return { type: "model", id, display_name: id, created_at };
}

/** Lists all models on one page, so that none is hidden from clients that read only the first. */
export function anthropicList(models: readonly ListedModel[], created: number): object {
  return {
    data: models.map((model) => anthropicModel(model, created)),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
  };
}
