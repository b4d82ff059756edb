import type { VendorRules } from "@acc/dual-mode/provider";

/** What the caller's own members may not undo: this package relies on it. */
export const fixedMembers: VendorRules = {
  provider: "openai",
  fixed: ["model", "input", "messages", "instructions", "stream", "stream_options", "store", "n"],
};
