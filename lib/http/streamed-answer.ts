import { log } from "@/lib/log";

/** An answer too long to be held in memory: made while it is read, as fast as its reader takes it. */
export class StreamedAnswer {
  constructor(
    readonly mediaType: string,
    /** What the browser saves it as. */
    readonly fileName: string,
    /** Called where it is really sent; what it throws is answered like any other fault, as nothing has been sent yet. */
    readonly begin: () => Promise<AsyncIterable<string>>,
  ) {}
}

/**
 * Sends it. A reader that goes away ends the making. A fault in the middle breaks the connection off: what has arrived
 * by then must not look like the whole.
 * @param bodiless for HEAD: nothing is made at all
 */
export async function streamedResponse(
  { mediaType, fileName, begin }: StreamedAnswer,
  headers: Headers,
  { requestId, bodiless }: { requestId: string; bodiless: boolean },
): Promise<Response> {
  headers.set("content-type", mediaType);
  headers.set("content-disposition", `attachment; filename="${fileName}"`);
  if (bodiless) return new Response(null, { status: 200, headers });

  const source = (await begin())[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await source.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      } catch (error) {
        log().error({ request_id: requestId, error }, "an answer broke off while it was sent");
        controller.error(error);
      }
    },
    async cancel() {
      await source.return?.();
    },
  });
  return new Response(body, { status: 200, headers });
}
