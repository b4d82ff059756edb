import type { CallOptions, ChatRequest, Client, ClientOptions } from "@acc/dual-mode";
import { anyClient, clientBySelf, namedClient } from "../chat/choose-client.ts";
import { given } from "../chat/given.ts";
import type { ChatOptions } from "../chat/parsed-flags.ts";
import { fileSettings } from "../config/resolve-settings.ts";
import { tell } from "../output/terminal.ts";
import type { Unasked } from "./messages.ts";
import { serverClient } from "./server-client.ts";
import { usableServer } from "./usable-server.ts";

/**
 * A client whose calls a running `acc serve` makes, or one of its own if no server would make them
 * in the same way.
 */
export async function openThrough(
  names: readonly string[],
  options: ChatOptions,
  own: ClientOptions,
  request: ChatRequest,
  asked: CallOptions,
): Promise<Client> {
  const note = (text: string) => {
    if (options.verbose) tell(text);
  };
  const { billing, retry, unlock } = options;
  const settings = await fileSettings();
  const found = await usableServer({ names, settings, ...(unlock && { unlock }) });
  if (typeof found === "string") {
    note(`Asked without a server: ${found}.`);
    return clientBySelf(names, own, request, asked);
  }
  note(`Asked through acc serve, process ${found.pid}.`);
  return serverClient(found, {
    names,
    client: given({ billing, retry }),
    onEvent: own.onEvent,
    ownForAll: () => (names.length > 0 ? namedClient(names, own) : anyClient(own)),
    ownFor: (input, how, why) => {
      note(`Asked without the server: ${reasons[why]}.`);
      return clientBySelf(names, own, input, how);
    },
  });
}

const reasons: Readonly<Record<Unasked, string>> = {
  ending: "it ended before it took the call",
  silent: "it did not take the call in time",
  busy: "it has reached its --max-calls",
};
