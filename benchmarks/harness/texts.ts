/** Plain ASCII text of so many characters; another seed gives another text. */
export function text(length: number, seed = 0): string {
  const sentence = `Question ${seed}: what does a decorator do to the class that it stands before? `;
  return sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length);
}
