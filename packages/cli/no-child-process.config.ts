import { readFile } from "node:fs/promises";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

const loading = "require('node:child_process')";

/**
 * Commander loads the module of processes for commands that are programs of their own, of which
 * `acc` has none: a tenth of what a start takes over a bare one.
 */
export const noChildProcess: Plugin = {
  name: "no-child-process",
  setup(build) {
    build.onLoad({ filter: /[\\/]commander[\\/]lib[\\/]command\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes(loading)) throw new Error(`${path} has no ${loading}.`);
      return { contents: text.replace(loading, "{}") };
    });
  },
};
