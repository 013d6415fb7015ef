import Link from "next/link";
import type { ReactNode } from "react";
import { type AuditView, auditAddress } from "@/components/audit/audit-view";
import { type Difference, differencesOf } from "@/components/audit/differences";
import { CopyButton } from "@/components/ui/copy-button";
import { auditTargetTypes } from "@/db/enums";
import type { AuditEvent } from "@/lib/audit/contract";

/** All that was recorded of an entry, and the ways to what belongs to it. */
export function AuditDetails({ event }: { event: AuditEvent }) {
  const differences = differencesOf(event.before, event.after);
  const { id, at, actor, ip, user_agent, request_id } = event;

  return (
    <div className="flex flex-col gap-5">
      {differences.length > 0 && (
        <Differences differences={differences} changed={event.before !== null && event.after !== null} />
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5">
        <Fact name="Entry">{id}</Fact>
        <Fact name="Time">{at.replace("T", " ").replace("Z", " UTC")}</Fact>
        {actor?.id != null && <Fact name="Account">{actor.id}</Fact>}
        <Fact name="Address">{ip ?? "none"}</Fact>
        <Fact name="User agent">{user_agent ?? "none"}</Fact>
        <Fact name="Request">
          {request_id ?? "none"}
          {request_id && <CopyButton text={request_id} what={`request ID of entry ${id}`} />}
        </Fact>
      </dl>
      <Ways event={event} />
    </div>
  );
}

function Differences({ differences, changed }: { differences: Difference[]; changed: boolean }) {
  return (
    <table className="w-fit max-w-full border-separate border-spacing-0">
      <thead>
        <tr className="text-help text-ink3">
          <th scope="col" className={headClasses}>
            Field
          </th>
          {changed && (
            <th scope="col" className={headClasses}>
              Before
            </th>
          )}
          <th scope="col" className={headClasses}>
            {changed ? "After" : "Value"}
          </th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row" className={`${valueClasses} text-left font-normal text-ink2`}>
              {field}
            </th>
            {changed && <td className={`${valueClasses} text-ink2`}>{before ?? "not recorded"}</td>}
            <td className={`${valueClasses} font-medium`}>{after ?? (changed ? "not recorded" : before)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const headClasses = "pr-6 pb-1 text-left font-medium";
const valueClasses = "py-0.5 pr-6 align-top wrap-anywhere";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="self-center text-ink3">{name}</dt>
      <dd className="flex flex-wrap items-center gap-1 font-mono text-mono wrap-anywhere">{children}</dd>
    </>
  );
}

/** To the entries that share something with this one. */
function Ways({ event: { id, actor, token, target, ip, request_id } }: { event: AuditEvent }) {
  const targetType = auditTargetTypes.find((type) => type === target?.type);
  const ways: [string, Partial<AuditView> | undefined | "" | null | false][] = [
    ["this actor", actor?.user_id ? { actor: actor.user_id } : undefined],
    ["this token", token?.id != null && { token: token.id }],
    ["this target", targetType && target?.id != null && { target: { type: targetType, id: target.id } }],
    ["this address", ip && { ip }],
    ["this request", request_id && { request: request_id }],
  ];

  return (
    <ul aria-label={`More than entry ${id}`} className="flex flex-wrap gap-x-5 gap-y-1">
      {ways.map(
        ([what, view]) =>
          view && (
            <li key={what}>
              <Link
                href={auditAddress(view)}
                className="inline-block py-0.5 text-accent underline underline-offset-2 max-md:py-2.5"
              >
                All of {what}
              </Link>
            </li>
          ),
      )}
    </ul>
  );
}
