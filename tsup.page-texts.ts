import { readdir, readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** The server's page is built in: in the place of what reads its files stand their texts, made small. */
export const pageTexts: Plugin = {
  name: "page-texts",
  setup(build) {
    const small = async (path: string): Promise<string> => {
      const text = await readFile(path, "utf8");
      const loader = extname(path).slice(1);
      if (loader !== "js" && loader !== "css") return text;
      return (await build.esbuild.transform(text, { loader, minify: true })).code;
    };
    build.onLoad({ filter: /[\\/]server[\\/]src[\\/]page[\\/]text-of\.ts$/ }, async ({ path }) => {
      const folder = join(dirname(path), "browser");
      const names = await readdir(folder);
      const texts = await Promise.all(names.map((name) => small(join(folder, name))));
      const table = JSON.stringify(Object.fromEntries(names.map((name, at) => [name, texts[at]])));
      return {
        contents: `const texts = ${table};\nexport function textOf(name) { return texts[name]; }`,
        loader: "js",
        watchFiles: names.map((name) => join(folder, name)),
      };
    });
  },
};
