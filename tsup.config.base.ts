import { defineConfig, type Options } from "tsup";
import { pageTexts } from "./tsup.page-texts.ts";

/** One ESM build for all packages; declarations come from `tsc --emitDeclarationOnly`. */
export function library(entry: string[], options: Options = {}) {
  return defineConfig({
    entry,
    format: "esm",
    target: "node20.19",
    platform: "node",
    sourcemap: true,
    clean: false,
    splitting: true,
    treeshake: true,
    silent: true,
    esbuildPlugins: [pageTexts],
    ...options,
    // A trace names the source's file and line; the source itself would be a third of each package.
    esbuildOptions(esbuild, context) {
      esbuild.sourcesContent = false;
      options.esbuildOptions?.(esbuild, context);
    },
  });
}
