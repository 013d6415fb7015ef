"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TeamFilter } from "@/components/users/team-filter";
import type { UsersView } from "@/components/users/users-view";
import { roles } from "@/db/enums";

interface UsersFiltersProps {
  view: UsersView;
  onChange: (change: Partial<Pick<UsersView, "type" | "status" | "role" | "team">>) => void;
}

/** What narrows the users besides the search: kind, role, team and status. */
export function UsersFilters({ view, onChange }: UsersFiltersProps) {
  return (
    <div className="grid gap-2 max-md:grid-cols-2 md:grid-cols-[repeat(2,minmax(0,9rem))_minmax(0,14rem)_minmax(0,9rem)]">
      <Choice
        label="Kind"
        options={kinds}
        value={view.type ?? all}
        onValueChange={(type) => onChange({ type: type === all ? null : type })}
      />
      <Choice
        label="Role"
        options={roleChoices}
        value={view.role ?? all}
        onValueChange={(role) => onChange({ role: role === all ? null : role })}
      />
      <TeamFilter team={view.team} onChange={(team) => onChange({ team })} />
      <Choice
        label="Status"
        options={statuses}
        value={view.status ?? all}
        onValueChange={(status) => onChange({ status: status === all ? null : status })}
      />
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onValueChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, ...select }: ChoiceProps<Value>): ReactNode {
  return (
    <Field label={label} hideLabel>
      <Select {...select} />
    </Field>
  );
}

const all = "all";

const kinds = [
  { value: all, label: "All kinds" },
  { value: "User", label: "People" },
  { value: "Service", label: "Service" },
] as const;

const roleChoices = [
  { value: all, label: "All roles" },
  ...roles.toReversed().map((role) => ({ value: role, label: role })),
] as const;

const statuses = [
  { value: all, label: "Any status" },
  { value: "active", label: "Active" },
  { value: "inactive", label: "Deactivated" },
] as const;
