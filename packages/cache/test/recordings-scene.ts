import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, vi } from "vitest";
import { type RecordingMode, recordings } from "../src/index.ts";
import { temporaryFolder } from "./support/temporary.ts";

export function recordingsScene() {
  let folder: string;
  let warnings: string[];

  beforeEach(() => {
    folder = join(temporaryFolder(), "answers");
    warnings = [];
    vi.spyOn(process, "emitWarning").mockImplementation((warning) => {
      warnings.push(String(warning));
    });
  });

  const open = (mode: RecordingMode) => recordings({ folder, mode });
  const files = () => readdirSync(folder).sort();
  const textOf = (name = files()[0] ?? "") => readFileSync(join(folder, name), "utf8");

  /** Asks in a mode; gives the value, and whether it was asked for. */
  async function ask(mode: RecordingMode, request: object, answer: unknown = "an answer") {
    const cache = open(mode);
    let asked = 0;
    const compute = async () => {
      asked++;
      return answer;
    };
    const { value } = await cache.getOrCompute(cache.key(request), compute);
    await cache.close();
    return { value, asked };
  }

  return {
    get folder() {
      return folder;
    },
    get warnings() {
      return warnings;
    },
    open,
    files,
    textOf,
    ask,
  };
}
