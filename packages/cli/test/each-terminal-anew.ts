import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import { type AccHome, emptyHome } from "./acc.ts";
import { accLine, Terminal } from "./terminal.ts";

export const key = "test-key-that-opens-nothing";

export interface Look {
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** What each test of a file is given: a vendor that answers at once, one that takes its time, and a home. */
export interface Given {
  readonly fast: MockServer;
  readonly slow: MockServer;
  readonly home: AccHome;
  /** `acc` with these words in a terminal, with Claude's key and this vendor; one for each test. */
  open(words: string, server: { readonly url: string }, look?: Look): Terminal;
}

/** To be called once at the top of a file, before its own hooks. */
export function eachTerminalAnew(take: (given: Given) => void): void {
  let fast: MockServer;
  let slow: MockServer;
  let home: AccHome;
  let terminal: Terminal | undefined;
  const open: Given["open"] = (words, server, { columns, env } = {}) => {
    const usual = { HOME: home.path, ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: server.url };
    terminal = new Terminal(accLine(words, { ...usual, ...env }), columns);
    return terminal;
  };
  beforeAll(async () => {
    fast = await startMockServer();
    slow = await startMockServer({ latency: 400, chunkSize: 8 });
  });
  beforeEach(async () => {
    fast.forget();
    slow.forget();
    home = await emptyHome();
    take({ fast, slow, home, open });
  });
  afterEach(async () => {
    await terminal?.close();
    terminal = undefined;
    await home.remove();
  });
  afterAll(() => Promise.all([fast.close(), slow.close()]));
}
