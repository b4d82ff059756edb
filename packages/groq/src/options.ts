/** Options of the Groq provider besides those that every client takes. It has none yet. */
export type GroqOptions = object;
