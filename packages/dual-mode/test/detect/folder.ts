import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";

/** A temp folder of its own for each test. */
export class TestFolder {
  path = "";

  constructor() {
    beforeEach(() => {
      this.path = realpathSync(mkdtempSync(join(tmpdir(), "acc-detect-")));
    });
    afterEach(() => rmSync(this.path, { recursive: true, force: true }));
  }

  at(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  /** Makes a file and its folders; 0755 unless told. */
  command(path: string, { mode = 0o755, text = "#!/bin/sh\n" } = {}): string {
    const file = this.at(path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  }
}
