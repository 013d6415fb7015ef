/** The embedded PostgreSQL can't do as asked; the message is one line that says why and what to do. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = "EmbeddedDatabaseError";
}
