import { branded } from "./branded.ts";

/** The error for a model, or a kind of model, that none of the clients has. */
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

/** The error for something that no route supports and that must not be left out. */
export function unsupported(functionality: string, why: string, cause?: unknown): Error {
  const message = `'${functionality}' functionality not supported. ${why}`;
  return branded("UnsupportedFunctionalityError", message, { functionality }, cause);
}

/** The error for a wrong option of the app. */
export function invalidArgument(argument: string, message: string, cause?: unknown): Error {
  return branded("InvalidArgumentError", message, { argument }, cause);
}
