import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { appendLines } from "../src/audit/audit-file.ts";
import { formatLine } from "../src/audit/audit-line.ts";
import { AuditSnapshot } from "../src/audit/read-lines.ts";
import { verifyLines } from "../src/audit/verify-audit.ts";
import { jsonText } from "./support/json-text.ts";

const key = Buffer.alloc(32, 7).toString("base64");
const folder = mkdtempSync(join(tmpdir(), "acc-fuzz-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "some.audit.jsonl");

/** A good chain of so many lines. */
function chain(count: number, from = { seq: 0, mac: "" }): { text: string; mac: string }[] {
  const lines: { text: string; mac: string }[] = [];
  let prev = from.mac;
  for (let seq = from.seq + 1; seq <= from.seq + count; seq += 1) {
    const said = { time: "t", pid: 1, actor: "me", action: "set", outcome: "ok", epoch: 0 };
    const line = formatLine({ seq, ...said, prev }, key);
    lines.push(line);
    prev = line.mac;
  }
  return lines;
}

const good = chain(4);
const last = { seq: 4, mac: good[3]?.mac ?? "" };
const state = { epochs: [key], checkpoint: last };

async function verify() {
  const snapshot = await AuditSnapshot.take(path);
  try {
    return await verifyLines(snapshot, state, 0);
  } finally {
    await snapshot.close();
  }
}

const foreign = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  jsonText.filter((text) => text.length < 20_000),
  fc.integer().map((seq) => JSON.stringify({ seq, mac: "x", prev: "y", epoch: 0 })),
  fc.nat(20_000).map((length) => "x".repeat(length)),
  fc.nat(3).map((index) => good[index]?.text ?? ""),
);

export default {
  "whatever was appended is told, and good lines follow it": fc.asyncProperty(
    fc.array(foreign, { minLength: 1, maxLength: 5 }),
    fc.boolean(),
    async (lines, isEnded) => {
      const start = `${good.map(({ text }) => text).join("\n")}\n`;
      writeFileSync(path, start + lines.join("\n") + (isEnded ? "\n" : ""), { mode: 0o600 });
      let after = last;
      await appendLines(path, [key], false, (found) => {
        const from = found && found.seq > last.seq ? { seq: found.seq, mac: found.mac } : last;
        const [line] = chain(1, from);
        after = { seq: from.seq + 1, mac: line?.mac ?? "" };
        return `${line?.text}\n`;
      });
      const { problems, lines: count } = await verify();
      const isTold = problems.length > 0 || count <= good.length + 2;
      return isTold && after.seq === 5 && !problems.some(({ kind }) => kind === "cut");
    },
  ),
  "any file is checked to its end, by a report": fc.asyncProperty(
    fc.array(foreign, { maxLength: 12 }),
    async (lines) => {
      writeFileSync(path, lines.join("\n"), { mode: 0o600 });
      const { ok, problems } = await verify();
      return ok === (problems.length === 0);
    },
  ),
};
