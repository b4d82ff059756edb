import type { VendorRules } from "@acc/dual-mode/provider";

/** Members that the caller cannot set, because this package relies on them. */
export const fixedMembers: VendorRules = {
  provider: "openai",
  fixed: ["model", "input", "messages", "instructions", "stream", "stream_options", "store", "n"],
};
