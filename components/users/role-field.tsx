"use client";

import { Notice } from "@/components/ui/notice";
import { RadioRows } from "@/components/ui/radio-rows";
import { roleOptions } from "@/components/users/roles";
import type { Role, UserType } from "@/db/enums";

interface RoleFieldProps {
  /** Whose role it is. */
  of: UserType;
  value: Role;
  onValueChange: (role: Role) => void;
  id: string;
  error?: string | undefined;
}

/** One of the four roles, with what each one means, and a word of caution at the highest. */
export function RoleField({ of, value, onValueChange, id, error }: RoleFieldProps) {
  return (
    <div>
      <RadioRows
        label="Role"
        options={roleOptions}
        value={value}
        onValueChange={onValueChange}
        id={id}
        error={error}
      />
      {value === "Admin" && (
        <div className="mt-2">
          <Notice tone="warning">{cautions[of]}</Notice>
        </div>
      )}
    </div>
  );
}

const cautions: Record<UserType, string> = {
  Service:
    "Whoever holds a token of an Admin holds this whole instance. Choose it only for what administers Latchkey itself.",
  User: "An Admin can do everything here, to you too. Choose it only for who administers Latchkey.",
};
