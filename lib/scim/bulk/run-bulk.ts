import { type BadOperation, type BulkOperation, readBulkRequest } from "@/lib/scim/bulk/bulk-request";
import { referenceInPath, referencesIn, withReferences } from "@/lib/scim/bulk/references";
import { patchGroup, postGroup, putGroup, removeGroup } from "@/lib/scim/groups/endpoints";
import { type ScimReply, scimErrorReply } from "@/lib/scim/http/scim-response";
import type { ScimCall } from "@/lib/scim/http/scim-route";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { patchUser, postUser, putUser, removeUser } from "@/lib/scim/users/endpoints";

const responseSchema = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
type Handler = (call: ScimCall) => Promise<ScimReply>;

const handlers: Record<string, Partial<Record<BulkOperation["method"], Handler>>> = {
  "/Users": { POST: postUser },
  "/Users/": { PUT: putUser, PATCH: patchUser, DELETE: removeUser },
  "/Groups": { POST: postGroup },
  "/Groups/": { PUT: putGroup, PATCH: patchGroup, DELETE: removeGroup },
};

/**
 * POST /Bulk (RFC 7644 §3.7): each operation by itself, as if it came alone; what one creates others refer to by its
 * bulkId, in whatever order they stand, in circles too.
 */
export async function runBulk(call: ScimCall): Promise<ScimReply> {
  const { operations, failOnErrors } = readBulkRequest(await call.body());
  const run = new BulkRun(call, operations);
  let failures = 0;
  for (const index of operations.keys()) {
    if (failures >= failOnErrors) break;
    await run.carryOut(index);
    if (run.hasFailed(index)) failures++;
  }
  return { status: 200, body: { schemas: [responseSchema], Operations: run.results() } };
}

class BulkRun {
  private readonly replies = new Map<number, ScimReply>();
  private readonly underWay = new Set<number>();
  private readonly created = new Map<string, string>();
  private readonly creators = new Map<string, number>();
  /** What was created without the references that would have closed a circle, with the bulkIds that it waits for. */
  private readonly incomplete = new Map<number, string[]>();
  /** The answer to all that is left, once the database doesn't answer. */
  private outage: ScimReply | undefined;

  constructor(
    private readonly call: ScimCall,
    private readonly operations: readonly (BulkOperation | BadOperation)[],
  ) {
    for (const [index, operation] of operations.entries()) {
      const bulkId = "path" in operation && operation.method === "POST" ? operation.bulkId : undefined;
      if (bulkId !== undefined && !this.creators.has(bulkId)) this.creators.set(bulkId, index);
    }
  }

  /** Does one operation, before it those that create what it refers to. */
  async carryOut(index: number): Promise<void> {
    const operation = this.operations[index];
    if (!operation || this.replies.has(index) || this.underWay.has(index)) return;
    this.underWay.add(index);
    await this.settle(index, () => this.perform(operation, index));
    this.underWay.delete(index);
    await this.closeCircles();
  }

  hasFailed(index: number): boolean {
    return (this.replies.get(index)?.status ?? 0) >= 400;
  }

  /** In the order of the request; operations left undone are not among them. */
  results(): Record<string, unknown>[] {
    return [...this.replies]
      .sort(([a], [b]) => a - b)
      .map(([index, { status, body, headers }]) => {
        const { method, bulkId } = this.operations[index] ?? {};
        const location = headers?.location ?? this.locationOf(index);
        return {
          ...(location === undefined ? {} : { location }),
          ...(method === undefined ? {} : { method }),
          ...(bulkId === undefined ? {} : { bulkId }),
          ...(headers?.etag ? { version: headers.etag } : {}),
          status: String(status),
          ...(status >= 400 ? { response: body } : {}),
        };
      });
  }

  /** Each of what is left after an outage would wait for the same time-out. */
  private async settle(index: number, work: () => Promise<ScimReply>): Promise<void> {
    const reply =
      this.outage ??
      (await work().catch((error: unknown) => scimErrorReply(error, this.call.principal.request.id)));
    if (reply.status === 503) this.outage = reply;
    this.replies.set(index, reply);
  }

  /**
   * Gives those that waited for each other the references they had to be created without: as soon as they are there,
   * so that what comes later in the request finds them whole, and isn't undone.
   */
  private async closeCircles(): Promise<void> {
    for (const [index, missing] of this.incomplete) {
      const isWaiting = missing.some((bulkId) => this.underWay.has(this.creators.get(bulkId) ?? -1));
      if (isWaiting || this.underWay.has(index)) continue;
      this.incomplete.delete(index);
      await this.complete(index);
    }
  }

  private async complete(index: number): Promise<void> {
    const operation = this.operations[index];
    const reply = this.replies.get(index);
    if (!operation || !("path" in operation) || !reply || reply.status >= 400) return;
    const data = this.resolved(operation.data);
    const path = `${operation.path.replace(/\/+$/, "")}/${idIn(reply)}`;
    const completing = { ...operation, method: "PUT" as const, path };
    await this.settle(index, async () => {
      const { headers } = await this.dispatch(completing, data);
      return { ...reply, headers: { ...reply.headers, etag: headers?.etag ?? "" } };
    });
  }

  private async perform(operation: BulkOperation | BadOperation, index: number): Promise<ScimReply> {
    if ("fault" in operation) throw operation.fault;
    const { method, bulkId: own } = operation;
    if (method === "POST" && own !== undefined && this.creators.get(own) !== index)
      throw new ScimError(
        400,
        `The bulkId ${own.slice(0, 80)} is another operation's in this request.`,
        "invalidValue",
      );
    const inPath = referenceInPath(operation.path);
    const references = [...referencesIn(operation.data), ...(inPath === undefined ? [] : [inPath])];
    const missing: string[] = [];
    for (const bulkId of references) {
      const creator = this.creators.get(bulkId);
      if (creator !== undefined) await this.carryOut(creator);
      if (this.created.has(bulkId)) continue;
      if (creator === undefined || !this.underWay.has(creator))
        throw new ScimError(409, `Nothing was created under the bulkId ${bulkId.slice(0, 80)}.`);
      missing.push(bulkId);
    }
    if (missing.length > 0) this.incomplete.set(index, missing);

    const reply = await this.dispatch(operation, this.resolved(operation.data));
    if (operation.method === "POST" && operation.bulkId) this.created.set(operation.bulkId, idIn(reply));
    return reply;
  }

  private dispatch(operation: BulkOperation, data: Record<string, unknown>): Promise<ScimReply> {
    const { collection, id } = this.target(operation.path);
    const handle = handlers[collection]?.[operation.method];
    if (!handle)
      throw new ScimError(
        400,
        `${operation.method} ${operation.path.slice(0, 80)} is no operation.`,
        "invalidPath",
      );
    const headers = new Headers(operation.version === undefined ? {} : { "if-match": operation.version });
    return handle({
      ...this.call,
      params: id === undefined ? {} : { id },
      query: new URLSearchParams(),
      headers,
      body: async () => data,
    });
  }

  /** `/Users/7`, also with the whole address before it. */
  private target(path: string): { collection: string; id?: string } {
    const [, kind = "", rest] = /(\/(?:Users|Groups))(?:\/([^/]*))?\/?$/.exec(path) ?? [];
    if (rest === undefined || rest === "") return { collection: kind };
    const bulkId = referenceInPath(path);
    return { collection: `${kind}/`, id: bulkId === undefined ? rest : (this.created.get(bulkId) ?? "") };
  }

  private resolved(data: Record<string, unknown>): Record<string, unknown> {
    return withReferences(data, (bulkId) => this.created.get(bulkId)) as Record<string, unknown>;
  }

  private locationOf(index: number): string | undefined {
    const operation = this.operations[index];
    if (!operation || !("path" in operation)) return undefined;
    const { collection, id } = this.target(operation.path);
    return id ? `${this.call.baseUrl}${collection}${id}` : undefined;
  }
}

function idIn({ body }: ScimReply): string {
  return String((body as { id?: string } | undefined)?.id ?? "");
}
