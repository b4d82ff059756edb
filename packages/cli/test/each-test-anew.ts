import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import { type AccHome, emptyHome } from "./acc.ts";

/** What each test of a file is given: the file's own mock of the vendors, and a home of its own. */
export interface Given {
  readonly server: MockServer;
  readonly home: AccHome;
}

/** To be called once at the top of a file, before its own hooks. */
export function eachTestAnew(take: (given: Given) => void): void {
  let server: MockServer;
  let home: AccHome;
  beforeAll(async () => {
    server = await startMockServer();
  });
  beforeEach(async () => {
    home = await emptyHome();
    server.forget();
    take({ server, home });
  });
  afterEach(() => home.remove());
  afterAll(() => server.close());
}
