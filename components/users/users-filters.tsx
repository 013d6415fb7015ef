"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { UsersView } from "@/components/users/users-view";
import { roles } from "@/db/enums";

interface UsersFiltersProps {
  view: UsersView;
  onChange: (change: Partial<Pick<UsersView, "type" | "role" | "team">>) => void;
}

/** What narrows the users besides the search: kind, role, and the team whose members were asked for. */
export function UsersFilters({ view, onChange }: UsersFiltersProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="w-36 max-md:min-w-0 max-md:flex-1">
        <Field label="Kind" hideLabel>
          <Select
            options={kinds}
            value={view.type ?? all}
            onValueChange={(type) => onChange({ type: type === all ? null : type })}
          />
        </Field>
      </div>
      <div className="w-36 max-md:min-w-0 max-md:flex-1">
        <Field label="Role" hideLabel>
          <Select
            options={roleChoices}
            value={view.role ?? all}
            onValueChange={(role) => onChange({ role: role === all ? null : role })}
          />
        </Field>
      </div>
      {view.team !== "" && (
        <Button variant="ghost" icon={<X />} onClick={() => onChange({ team: "" })} className="wrap-anywhere">
          <span>
            <span className="sr-only">Remove filter: </span>Team: {view.team}
          </span>
        </Button>
      )}
    </div>
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
