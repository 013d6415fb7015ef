import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsStringLiteral,
} from "nuqs/server";
import type { Column } from "@/components/lists/columns";
import { parseAsSearch } from "@/components/lists/url-parsers";
import { type AuditTargetType, auditActions, auditTargetTypes } from "@/db/enums";
import { listAuditEvents } from "@/lib/audit/contract";
import type { AuditListFilter } from "@/lib/audit/hooks";

interface Target {
  type: AuditTargetType;
  id: number;
}

const parseAsId = createParser({
  parse: (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null),
  serialize: String,
});

/** `token-45`. */
const parseAsTarget = createParser<Target>({
  parse(text) {
    const [, type, id] = /^([a-z]+)-([1-9]\d{0,14})$/.exec(text) ?? [];
    const known = auditTargetTypes.find((each) => each === type);
    return known && id ? { type: known, id: Number(id) } : null;
  },
  serialize: ({ type, id }) => `${type}-${id}`,
  eq: (a, b) => a.type === b.type && a.id === b.id,
});

/** What the endpoint would refuse, the address doesn't have. */
function parseAs(parameter: "since" | "until" | "ip" | "request_id" | "cursor") {
  const shape = listAuditEvents.query.shape[parameter];
  return createParser({
    parse: (text) => (shape.safeParse(text).success ? text : null),
    serialize: (text: string) => text,
  });
}

/** How the address narrows the audit, and where in it one is; what it doesn't understand it leaves out. */
export const auditViewParsers = {
  action: parseAsStringLiteral(auditActions),
  actor: parseAsSearch,
  account: parseAsId,
  token: parseAsId,
  target: parseAsTarget,
  since: parseAs("since"),
  until: parseAs("until"),
  ip: parseAs("ip"),
  request: parseAs("request_id"),
  cursor: parseAs("cursor"),
};

export type AuditView = inferParserType<typeof auditViewParsers>;

export const loadAuditView = createLoader(auditViewParsers);

/** The address of the audit in a view. */
export const auditAddress = (view: Partial<AuditView>) => serialize("/settings/security/audit", view);
const serialize = createSerializer(auditViewParsers);

export const auditPageSize = 25;

export const auditColumns: readonly Column[] = [
  { name: "Time", room: "timeAndButton" },
  { name: "Actor", room: "account" },
  { name: "Action", room: "action" },
  { name: "Target" },
  { name: "Result", room: "result" },
  { name: "Address", room: "address" },
];

/** All of it, from the newest on. */
export const wholeAuditView = {
  action: null,
  actor: "",
  account: null,
  token: null,
  target: null,
  since: null,
  until: null,
  ip: null,
  request: null,
  cursor: null,
} satisfies AuditView;

/** What narrows the list, as the endpoint takes it. */
export function auditFilter(view: AuditView) {
  const actor = view.actor.trim();
  return {
    actor: actor || undefined,
    account: view.account ?? undefined,
    token_id: view.token ?? undefined,
    action: view.action ?? undefined,
    target_type: view.target?.type,
    target_id: view.target?.id,
    since: view.since ?? undefined,
    until: view.until ?? undefined,
    ip: view.ip ?? undefined,
    request_id: view.request ?? undefined,
  } satisfies AuditListFilter;
}

/** What to ask the server for. */
export function auditPage(view: AuditView) {
  return {
    ...auditFilter(view),
    cursor: view.cursor ?? undefined,
    size: auditPageSize,
  } satisfies AuditListFilter;
}

/** The view as one text: two views are the same when these are. */
export function auditViewKey(view: AuditView): string {
  return JSON.stringify(auditPage(view));
}

/** Whether nothing narrows the list. */
export function isWhole(view: AuditView): boolean {
  return Object.values(auditFilter(view)).every((value) => value === undefined);
}

/** Where all that the view's filter finds can be had as a file. */
export function exportAddress(view: AuditView, format: "csv" | "ndjson"): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(auditFilter(view)))
    if (value !== undefined) query.set(name, String(value));
  query.set("format", format);
  return `${listAuditEvents.path}?${query}`;
}
