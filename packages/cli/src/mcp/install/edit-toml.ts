import { Failure } from "../../failure.ts";
import type { Edited } from "./edited.ts";

/** The header of the server's own table, its name quoted or not. */
const head = /^[ \t]*\[[ \t]*mcp_servers[ \t]*\.[ \t]*(?:acc|"acc"|'acc')[ \t]*\][ \t]*(?:#.*)?$/;

/** Other forms in which the server, or all servers, may be written. These are not edited. */
const elsewhere =
  /^[ \t]*(?:mcp_servers[ \t]*[.=]|\[[ \t]*mcp_servers[ \t]*\]|\[[ \t]*mcp_servers[ \t]*\.[ \t]*(?:acc|"acc"|'acc')[ \t]*\.)/m;

/**
 * Adds a table for the server `acc` to the text of a TOML file: at its end, or in place of the
 * present one. Everything else stays as it is.
 *
 * @throws Failure if its servers have a form to which a table cannot be added
 */
export function editToml(text: string, path: string, entry: object): Edited {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => head.test(line.replace(/\r$/, "")));
  if (start < 0 && elsewhere.test(text)) {
    const fix = `Add it by hand:\n${tableOf(entry)}`;
    throw new Failure("FILE_NOT_UNDERSTOOD", `${path} has its servers in an unknown form.`, fix);
  }
  const table = tableOf(entry);
  if (start < 0) {
    const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
    return { text: `${before}${before === "" ? "" : "\n"}${table}\n`, state: "absent" };
  }
  const next = lines.findIndex((line, at) => at > start && /^[ \t]*\[/.test(line));
  const end = next < 0 ? lines.length : next;
  const there = lines.slice(start, end).join("\n").trim();
  const after = lines.slice(end);
  const changed = [...lines.slice(0, start), table, "", ...after].join("\n");
  return { text: changed, state: there === table ? "same" : "other" };
}

function tableOf(entry: object): string {
  const members = Object.entries(entry).map(([name, value]) => `${name} = ${tomlOf(value)}`);
  return ["[mcp_servers.acc]", ...members].join("\n");
}

/** A basic string of TOML has the escapes of JSON, and one for DEL. */
function tomlOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlOf).join(", ")}]`;
  return JSON.stringify(value).replaceAll("\x7f", "\\u007f");
}
