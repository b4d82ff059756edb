import type { Availability } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";
import type { CommandQuery, FoundCommand, SearchContext } from "./command-query.ts";
import { findCommand } from "./find-command.ts";

/**
 * Looks for a CLI that can be used: an old or broken one earlier on PATH does not hide a good one
 * after it. If the caller names a command, it is the only one.
 *
 * @param look Returns whether a command can be used.
 * @returns The result of the first one if none can be used; undefined if there is none.
 * @throws {@link DualModeError} the errors of `findCommand` and `look`; `CLI_NOT_FOUND` of `look`
 * only if no command can be used.
 */
export async function findUsable(
  query: CommandQuery,
  context: SearchContext,
  look: (place: FoundCommand) => Promise<Availability>,
): Promise<Availability | undefined> {
  const except: string[] = [];
  let first: Outcome | undefined;
  for (;;) {
    const place = await findCommand({ ...query, except }, context);
    if (place === undefined) return first && toldBy(first);
    const outcome = await outcomeOf(look(place));
    const isNamed = place.source !== "PATH" && place.source !== "well-known";
    if (isNamed || ("said" in outcome && outcome.said.available)) return toldBy(outcome);
    first ??= outcome;
    except.push(place.path);
  }
}

type Outcome = { readonly said: Availability } | { readonly error: DualModeError };

async function outcomeOf(looking: Promise<Availability>): Promise<Outcome> {
  try {
    return { said: await looking };
  } catch (error) {
    if (DualModeError.is(error) && error.code === "CLI_NOT_FOUND") return { error };
    throw error;
  }
}

function toldBy(outcome: Outcome): Availability {
  if ("error" in outcome) throw outcome.error;
  return outcome.said;
}
