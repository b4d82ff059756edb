import { startLimitedServer } from "../../test/played/limited-server.ts";
import type { Shape } from "../../test/played/played-limit.ts";
import { served } from "./served.ts";

/** Plays a vendor with a limit in a process of its own: `limited-process.ts SHAPE`. */
const server = await startLimitedServer({ ...served, shape: process.argv[2] as Shape });
process.once("disconnect", () => process.exit());
process.on("message", () => {
  process.send?.(server.requests.length);
  server.requests.length = 0;
});
process.send?.(server.url);
