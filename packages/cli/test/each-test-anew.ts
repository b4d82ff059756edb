import { afterAll, beforeAll, beforeEach } from "vitest";
import { type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import { type AccHome, testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

/** What each test of a file is given: the file's own mock of the vendors, and a home of its own. */
export interface Given {
  readonly server: MockServer;
  readonly home: AccHome;
  /** Asks Claude of the mock. */
  claudeEnv(): { readonly ANTHROPIC_API_KEY: string; readonly ANTHROPIC_BASE_URL: string };
}

/** To be called once at the top of a file, before its own hooks. */
export function eachTestAnew(): Given {
  let server: MockServer;
  beforeAll(async () => {
    server = await startMockServer();
  });
  const home = homeAnew();
  beforeEach(() => server.forget());
  afterAll(() => server.close());
  return {
    home,
    server: {
      get url() {
        return server.url;
      },
      requests: () => server.requests(),
      forget: () => server.forget(),
      close: () => server.close(),
    },
    claudeEnv: () => ({ ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: server.url }),
  };
}
