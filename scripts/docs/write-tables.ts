import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withFeatureTables } from "./feature-tables.ts";

/** Writes the tables of what the providers declare into the document that has their marks. */
const path = fileURLToPath(new URL("../../docs/modes.md", import.meta.url));
writeFileSync(path, withFeatureTables(readFileSync(path, "utf8")));
