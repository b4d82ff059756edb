import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../steps/root.ts";
import { errorSection, markers } from "./error-section.ts";

const file = join(root, "docs/errors.md");
const [before, rest = ""] = readFileSync(file, "utf8").split(markers.begin);
const after = rest.split(markers.end)[1] ?? "";
writeFileSync(file, `${before}${markers.begin}\n\n${errorSection(root)}\n${markers.end}${after}`);
