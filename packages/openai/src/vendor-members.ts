import { DualModeError } from "@acc/dual-mode/provider";

/** What a request says elsewhere, or what this package relies on. */
const own = ["model", "input", "messages", "instructions", "stream", "stream_options", "store"];

/**
 * Members for the request's body, as the caller gave them.
 * @throws {@link DualModeError} `INVALID_REQUEST` for those that would undo what is set
 */
export function vendorMembers(vendor: Readonly<Record<string, unknown>> = {}): object {
  const undone = own.find((name) => Object.hasOwn(vendor, name));
  if (undone === undefined) return vendor;
  const said = `request.vendor.openai.${undone} would undo what the request sets.`;
  throw new DualModeError("INVALID_REQUEST", said, {
    fix: `Leave ${undone} out of vendor.openai.`,
  });
}
