import { register } from "node:module";

/** Preloaded by --import: writes the address of every module that is loaded to the file in argv. */
register(new URL("./loading-hook.mjs", import.meta.url), { data: process.argv[2] });
