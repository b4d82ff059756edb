const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const bytes: Readonly<Record<string, number>> = {
  kb: 1000,
  mb: 1_000_000,
  gb: 1_000_000_000,
};

/**
 * Milliseconds of "30s", "2m", "12h" or "7d"; a bare number is in seconds. Undefined for anything
 * else.
 */
export function durationOf(value: unknown): number | undefined {
  return amountOf(value, milliseconds, "s");
}

/**
 * Bytes of "500KB", "50MB" or "1GB"; a bare number is in megabytes. Undefined for anything else.
 */
export function sizeOf(value: unknown): number | undefined {
  const amount = amountOf(value, bytes, "mb");
  return amount && Math.floor(amount);
}

function amountOf(
  value: unknown,
  units: Readonly<Record<string, number>>,
  usual: string,
): number | undefined {
  const [, number, unit = usual] = /^(\d+(?:\.\d+)?)\s*([a-z]+)?$/i.exec(String(value)) ?? [];
  const amount = Number(number) * (units[unit.toLowerCase()] ?? Number.NaN);
  return amount > 0 && Number.isFinite(amount) ? amount : undefined;
}
