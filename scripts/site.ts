import { join } from "node:path";
import { gatherPages } from "./site/gather-pages.ts";
import { installIn } from "./steps/install-in.ts";
import { root } from "./steps/root.ts";
import { runOrExit } from "./steps/run-or-exit.ts";

/** Installs the site's tools as its lock file has them, builds the site into site/dist and looks at it. */
installIn("site");
gatherPages(join(root, "site", "pages"));
runOrExit("npx", ["vitepress", "build"], join(root, "site"));
runOrExit("npx", ["vitest", "run", "--config", "site/vitest.config.ts", ...process.argv.slice(2)]);
