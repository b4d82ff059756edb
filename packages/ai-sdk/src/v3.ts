import type { Clients } from "./contract/provider.ts";
import { type CurrentModel, type CurrentProvider, createCurrent } from "./create-current.ts";

/** What `ai` 6 and 7 take. */
export type LanguageModelV3 = CurrentModel<"v3">;

/** A provider for `ai` 6 and 7. */
export type Acc<Named extends Clients = Clients> = CurrentProvider<Named, "v3">;

/**
 * Makes clients, chains too, language models of the AI SDK, for `ai` 6 and 7.
 *
 * @param clients By the names that models are asked for: `acc("claude")`, `acc("claude/claude-sonnet-5-5")`.
 * @throws `DualModeError` `INVALID_REQUEST` for what is not a client
 */
export function createAcc<const Named extends Clients>(clients: Named): Acc<Named> {
  return createCurrent(clients, "v3");
}
