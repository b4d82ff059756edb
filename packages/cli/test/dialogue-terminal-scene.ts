import type { MockServer } from "../../../scripts/mock-server.ts";
import type { AccHome } from "./acc.ts";
import { eachTerminalAnew, type Given, type Look } from "./each-terminal-anew.ts";

export const esc = String.fromCharCode(27);

export type Flagged = Look & { readonly flags?: string };

export function dialogueScene() {
  let fast: MockServer;
  let slow: MockServer;
  let home: AccHome;
  let open: Given["open"];

  eachTerminalAnew((given) => {
    ({ fast, slow, home, open } = given);
  });

  /** A conversation whose first prompt is there. */
  async function begin(server: { readonly url: string }, { flags = "", ...look }: Flagged = {}) {
    const terminal = open(`chat -i -p claude --only sdk ${flags}`, server, look);
    await terminal.see(/^>$/m);
    return terminal;
  }

  return {
    get fast() {
      return fast;
    },
    get slow() {
      return slow;
    },
    get home() {
      return home;
    },
    begin,
  };
}
