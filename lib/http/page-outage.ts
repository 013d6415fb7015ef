import { isDatabaseUnavailable } from "@/db/failures";
import { databaseOutage } from "@/lib/errors";

/**
 * Runs what a page needs of the database. When that doesn't answer, the error that leaves here bears a digest by which
 * the error page knows what to say; of other errors the browser gets a number alone.
 */
export async function tellingOutage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    throw Object.assign(new Error("The database doesn't answer.", { cause: error }), {
      digest: databaseOutage,
    });
  }
}
