import { readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import type { Options } from "tsup";
import { library } from "../../tsup.config.base.ts";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** A file of the page, named with `?raw`, becomes its text, made small where that is known how. */
const texts: Plugin = {
  name: "texts",
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, ({ path, importer }) => ({
      path: join(dirname(importer), path),
      namespace: "text",
    }));
    build.onLoad({ filter: /.*/, namespace: "text" }, async (found) => {
      const path = found.path.slice(0, -"?raw".length);
      const text = await readFile(path, "utf8");
      const kind = extname(path).slice(1);
      if (kind !== "js" && kind !== "css") return { contents: text, loader: "text" };
      const { code } = await build.esbuild.transform(text, { loader: kind, minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

export default library(["src/index.ts"], { esbuildPlugins: [texts] });
