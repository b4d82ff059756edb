export interface SampleValue {
  readonly index: number;
  readonly version: number;
  readonly text: string;
}

/** A value whose every byte follows from its index and version. */
export function sampleValue(index: number, version: number): SampleValue {
  const size = 200 + ((index * 7919 + version * 31) % 6000);
  return { index, version, text: `${index}:${version};`.repeat(size).slice(0, size) };
}

export function isRight(value: unknown, index: number): boolean {
  const found = value as SampleValue;
  const expected = sampleValue(index, found.version);
  return found.index === index && found.text === expected.text;
}
