/**
 * Goes on without a log when nobody reads it any more: a closed terminal, `| head`. Unheard, the failing write would be
 * an uncaught error, whose report is a failing write.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
}
