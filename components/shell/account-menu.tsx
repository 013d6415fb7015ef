"use client";

import { ChevronsUpDown, CircleUserRound, LogOut, MonitorX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { useTheme } from "@/components/ui/use-theme";

interface AccountMenuProps {
  name: string;
  onSignOut: () => void;
  onSignOutEverywhere: () => void;
}

/** What belongs to the person who is signed in: their account, the theme, the ways out. */
export function AccountMenu({ name, onSignOut, onSignOutEverywhere }: AccountMenuProps) {
  const [theme, setTheme] = useTheme();

  return (
    <Menu
      align="start"
      trigger={
        <Button
          variant="ghost"
          icon={<CircleUserRound />}
          className="min-w-0 px-2 md:w-full md:justify-start"
        >
          <span className="min-w-0 flex-1 text-left font-medium max-md:sr-only">
            <span className="sr-only">Account of </span>
            {name}
          </span>
          <ChevronsUpDown className="text-ink3 max-md:hidden" />
        </Button>
      }
    >
      <p className="px-2 py-1.5 font-semibold md:hidden">{name}</p>
      <MenuLink href="/settings/account" icon={<CircleUserRound />}>
        Your account
      </MenuLink>
      <MenuSeparator />
      <MenuChoice label="Theme" options={themeOptions} value={theme} onValueChange={setTheme} />
      <MenuSeparator />
      <MenuItem onSelect={onSignOut} icon={<LogOut />}>
        Sign out
      </MenuItem>
      <MenuItem onSelect={onSignOutEverywhere} icon={<MonitorX />}>
        Sign out everywhere
      </MenuItem>
    </Menu>
  );
}

const themeOptions = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;
