import { DualModeError } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { OutputBounds } from "../../src/handler/output-bounds.ts";

const refused = (message: string) =>
  new DualModeError("INVALID_REQUEST", `Some API refused (400): ${message}`);

describe("bounds of output", () => {
  it.each([
    // Alishahryar1/free-claude-code#955
    [
      "max_completion_tokens must be less than or equal to 40960, the maximum value for max_completion_tokens is less than the context_window for this model",
      40_960,
    ],
    // router-for-me/CLIProxyAPI#599, Gitlawb/openclaude#35
    ["Invalid max_tokens value, the valid range of max_tokens is [1, 8192]", 8_192],
    // DaviRain-Su/hyper-grok-build#44
    [
      "max_tokens (128000) exceeds model's maximum output tokens (65536) for model deepseek-v4-flash:0731",
      65_536,
    ],
    // cline/cline#8337
    ["max_tokens (current value: 128000) must be between 0 and 32768", 32_768],
    [
      "max_tokens: 128000 > 64000, which is the maximum allowed number of output tokens for claude-sonnet-4-20250514",
      64_000,
    ],
    [
      "max_tokens is too large: 128000. This model supports at most 16,384 completion tokens",
      16_384,
    ],
    [
      "Unable to submit request because it has a maxOutputTokens value of 128000 but the supported range is from 1 (inclusive) to 65537 (exclusive).",
      65_536,
    ],
  ])("are taken from a refusal: %s", (message, most) => {
    const bounds = new OutputBounds();
    expect(bounds.learn("m", refused(message), 128_000)).toBe(true);
    expect(bounds.of("m", 128_000)).toBe(most);
    expect(bounds.of("m", 10)).toBe(10);
    expect(bounds.of("m", undefined)).toBeUndefined();
    expect(bounds.of("other", 128_000)).toBe(128_000);
  });

  it.each([
    ["temperature must be at most 2", 128_000],
    ["max_output_tokens: expected a value of at least 16", 10],
    ["max_tokens must be an integer", 128_000],
    ["max_tokens must be less than or equal to 40960", undefined],
  ])("are not taken from another: %s", (message, wanted) => {
    expect(new OutputBounds().learn("m", refused(message), wanted)).toBe(false);
  });

  it("are not taken from a failure of another kind", () => {
    const error = new DualModeError("RATE_LIMITED", "output tokens per minute: 8000");
    expect(new OutputBounds().learn("m", error, 128_000)).toBe(false);
  });
});
