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
  });
}
