import { branded } from "./branded.ts";

/** What none of our clients has: a model of this name, or of this kind. */
export function noSuchModel(
  modelId: string,
  modelType: "languageModel" | "embeddingModel" | "imageModel",
  why: string,
): Error {
  return branded("NoSuchModelError", `No such ${modelType}: ${modelId}. ${why}`, {
    modelId,
    modelType,
  });
}

/** What no route could carry, and what must not be left out. */
export function unsupported(functionality: string, why: string, cause?: unknown): Error {
  const message = `'${functionality}' functionality not supported. ${why}`;
  return branded("UnsupportedFunctionalityError", message, { functionality }, cause);
}

/** A wrong option of the app's. */
export function invalidArgument(argument: string, message: string, cause?: unknown): Error {
  return branded("InvalidArgumentError", message, { argument }, cause);
}
