"use client";

import { Bot, Plus, User, Users } from "lucide-react";
import type { Ref } from "react";
import type { AddKind } from "@/components/creation/use-add-dialog";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";

interface AddMenuProps {
  ref: Ref<HTMLButtonElement>;
  onChoose: (kind: AddKind) => void;
  /** Somebody is about to open it: time to fetch what comes next. */
  onApproach: () => void;
}

/** *Add*: what one can create here. */
export function AddMenu({ ref, onChoose, onApproach }: AddMenuProps) {
  return (
    <Menu
      trigger={
        <Button
          ref={ref}
          variant="primary"
          icon={<Plus />}
          onPointerEnter={onApproach}
          onFocus={onApproach}
          className="shrink-0"
        >
          Add
        </Button>
      }
    >
      <MenuItem icon={<Bot />} onSelect={() => onChoose("service-user")}>
        Service User
      </MenuItem>
      <MenuItem icon={<User />} onSelect={() => onChoose("person")}>
        Person
      </MenuItem>
      <MenuItem icon={<Users />} onSelect={() => onChoose("team")}>
        Team
      </MenuItem>
    </Menu>
  );
}
