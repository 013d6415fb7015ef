import { fieldProblem } from "@/lib/errors";

/**
 * Parameters of a query or a form by their names, each of which may come once.
 * @throws Problem `invalid_input` (422) for one that comes more often: which of them counts would be a guess
 */
export function parametersByName(parameters: URLSearchParams): Record<string, string> {
  for (const name of parameters.keys())
    if (parameters.getAll(name).length > 1) throw fieldProblem(name, "Send it once; it came more often.");
  return Object.fromEntries(parameters);
}
