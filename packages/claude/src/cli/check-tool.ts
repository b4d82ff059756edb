import { DualModeError, type Tool } from "@acc/dual-mode/provider";
import { isBefore } from "./version.ts";

/**
 * Longest description in characters; versions before `firstWithWholeDescriptions` cut it off there.
 */
const longestDescription = 2048;
const firstWithWholeDescriptions = "2.1.330";

/** The API allows none of these at the top of a schema; the CLI leaves out them, or the tool. */
const choices = ["anyOf", "oneOf", "allOf"];
/** The API's pattern for members; the CLI leaves out a tool that violates it. */
const member = /^[\w.-]{1,64}$/;

/**
 * Refuses a tool that the CLI would change or leave out.
 * @throws {@link DualModeError} `UNSUPPORTED_FEATURE`, naming the tool
 */
export function checkTool(tool: Tool, index: number, version: string | undefined): void {
  const { type = "object", properties } = tool.inputSchema;
  const at = `request.tools[${index}] (${JSON.stringify(tool.name)})`;
  const refused = (what: string, fix: string) =>
    new DualModeError("UNSUPPORTED_FEATURE", `${at}: Claude's CLI takes ${what}.`, { fix });
  if (type !== "object") {
    throw refused("the schema of an object alone", "Put the value into a member.");
  }
  const choice = choices.find((each) => tool.inputSchema[each] !== undefined);
  if (choice !== undefined) {
    throw refused(`no ${choice} at the top of a schema`, "Put it into a member.");
  }
  const odd = Object.keys(Object(properties)).find((name) => !member.test(name));
  if (odd !== undefined) {
    const fix = "Use letters, digits, `_`, `.` and `-`, at most 64 of them.";
    throw refused(`no member ${JSON.stringify(odd)}`, fix);
  }
  const cuts = version === undefined || isBefore(version, firstWithWholeDescriptions);
  if (cuts && (tool.description?.length ?? 0) > longestDescription) {
    const bound = `${longestDescription} characters before version ${firstWithWholeDescriptions}`;
    const fix = "Shorten it, run `claude update`, or use the SDK mode.";
    throw refused(`no description above ${bound}`, fix);
  }
}
