import { afterEach, beforeEach } from "vitest";
import { type AccHome, emptyHome } from "./acc.ts";

/** An empty home for each test of a file. To be called once at its top, before the file's own hooks. */
export function homeAnew(): AccHome {
  let home: AccHome;
  beforeEach(async () => {
    home = await emptyHome();
  });
  afterEach(() => home.remove());
  return {
    get path() {
      return home.path;
    },
    acc: (args, options) => home.acc(args, options),
    remove: () => home.remove(),
  };
}
