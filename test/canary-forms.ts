/** A key that looks different in every form that something could write it in. */
export const canary = "sk-canary/Zq7+9w==&x?7Hk2";

const forms: Readonly<Record<string, string>> = {
  raw: canary,
  json: JSON.stringify(canary).slice(1, -1),
  url: encodeURIComponent(canary),
  base64: Buffer.from(canary).toString("base64").replace(/=+$/, ""),
  base64url: Buffer.from(canary).toString("base64url"),
  hex: Buffer.from(canary).toString("hex"),
};

/** The forms in which the canary stands in a text. */
export function formsIn(text: string): string[] {
  const lower = text.toLowerCase();
  return Object.entries(forms)
    .filter(([form, needle]) => (form === "hex" ? lower.includes(needle) : text.includes(needle)))
    .map(([form]) => form);
}

/** Every form, for a plant that a detector must find. */
export const planted: string = Object.values(forms).join("\n");
