import type { Clients } from "./contract/provider.ts";
import { type CurrentModel, type CurrentProvider, createCurrent } from "./create-current.ts";

/** A language model for `ai` 6 and 7. */
export type LanguageModelV3 = CurrentModel<"v3">;

/** A provider for `ai` 6 and 7. */
export type Acc<Named extends Clients = Clients> = CurrentProvider<Named, "v3">;

/**
 * Makes clients, chains too, language models of the AI SDK, for `ai` 6 and 7.
 *
 * @param clients Clients by the names for their models: `acc("claude")`, `acc("claude/claude-sonnet-5-5")`.
 * @throws `DualModeError` `INVALID_REQUEST` for a value that is not a client
 */
export function createAcc<const Named extends Clients>(clients: Named): Acc<Named> {
  return createCurrent(clients, "v3");
}
