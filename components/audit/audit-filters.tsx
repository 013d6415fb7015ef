"use client";

import { X } from "lucide-react";
import { actionName } from "@/components/audit/action-name";
import type { AuditView } from "@/components/audit/audit-view";
import { MomentInput } from "@/components/audit/moment-input";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { auditActions } from "@/db/enums";

interface AuditFiltersProps {
  view: AuditView;
  /** A choice that was made: one can go Back from it. */
  onChange: (change: Partial<AuditView>) => void;
  /** What is still being typed. */
  onType: (change: Partial<AuditView>) => void;
}

/** What narrows the audit: an action, an actor, a span of time, and what was chosen from an entry. */
export function AuditFilters({ view, onChange, onType }: AuditFiltersProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="w-52 max-md:w-full">
        <Field label="Action" hideLabel>
          <Select
            options={actions}
            value={view.action ?? all}
            onValueChange={(action) => onChange({ action: action === all ? null : action })}
          />
        </Field>
      </div>
      <div className="w-52 max-md:w-full">
        <SearchBox
          label="Actor"
          placeholder="Actor: ID or number"
          value={view.actor}
          onSearch={(actor) => onType({ actor })}
        />
      </div>
      <MomentInput label="From" value={view.since} onChange={(since) => onType({ since })} />
      <MomentInput label="To" value={view.until} onChange={(until) => onType({ until })} />
      {chosenFrom(view).map(({ name, without }) => (
        <Button
          key={name}
          variant="ghost"
          icon={<X />}
          onClick={() => onChange(without)}
          className="wrap-anywhere"
        >
          <span>
            <span className="sr-only">Remove filter: </span>
            {name}
          </span>
        </Button>
      ))}
    </div>
  );
}

const all = "all";

const actions = [
  { value: all, label: "All actions" },
  ...auditActions
    .map((action) => ({ value: action, label: actionName(action) }))
    .sort((a, b) => a.label.localeCompare(b.label, "en")),
] as const;

/** What no box stands for: it came from an entry, or from another page. */
function chosenFrom({ account, token, target, ip, request }: AuditView) {
  const chosen: { name: string; without: Partial<AuditView> }[] = [];
  if (account !== null) chosen.push({ name: `Account: ${account}`, without: { account: null } });
  if (token !== null) chosen.push({ name: `Token: ${token}`, without: { token: null } });
  if (target !== null)
    chosen.push({ name: `Target: ${target.type} ${target.id}`, without: { target: null } });
  if (ip !== null) chosen.push({ name: `Address: ${ip}`, without: { ip: null } });
  if (request !== null) chosen.push({ name: `Request: ${request}`, without: { request: null } });
  return chosen;
}
