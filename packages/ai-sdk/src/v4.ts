import type { Clients } from "./contract/provider.ts";
import { type CurrentModel, type CurrentProvider, createCurrent } from "./create-current.ts";

/** A language model for `ai` 7, in its own version. */
export type LanguageModelV4 = CurrentModel<"v4">;

/** A provider for `ai` 7, in its own version. */
export type Acc<Named extends Clients = Clients> = CurrentProvider<Named, "v4">;

/**
 * Makes clients, chains too, language models of the AI SDK, for `ai` 7, in its own version.
 *
 * @param clients Clients by the names for their models: `acc("claude")`, `acc("claude/claude-sonnet-5-5")`.
 * @throws `DualModeError` `INVALID_REQUEST` for a value that is not a client
 */
export function createAcc<const Named extends Clients>(clients: Named): Acc<Named> {
  return createCurrent(clients, "v4");
}
