const LONGEST_INSERTION_SORT = 32;

/**
 * Sorts member names in place, in the order of DAG-CBOR: by length in UTF-8 bytes, then bytewise.
 */
export function sortKeys(keys: string[]): string[] {
  for (const key of keys) {
    if (!isAscii(key)) return keys.sort(compareAsBytes);
  }
  return keys.length > LONGEST_INSERTION_SORT ? keys.sort(compareAscii) : insertionSort(keys);
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x7f) return false;
  }
  return true;
}

function compareAscii(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareAsBytes(a: string, b: string): number {
  const left = Buffer.from(a, "utf8");
  const right = Buffer.from(b, "utf8");
  return left.length - right.length || Buffer.compare(left, right);
}

function insertionSort(keys: string[]): string[] {
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] as string;
    let hole = index;
    while (hole > 0 && compareAscii(keys[hole - 1] as string, key) > 0) {
      keys[hole] = keys[hole - 1] as string;
      hole--;
    }
    keys[hole] = key;
  }
  return keys;
}
