import type { RadioOption } from "@/components/ui/radio-rows";
import type { Role } from "@/db/enums";

/** The roles with what each one means, from the least to the most powerful. */
export const roleOptions: readonly RadioOption<Role>[] = [
  { value: "Member", label: "Member", effect: "Reads its own account and teams" },
  { value: "Editor", label: "Editor", effect: "The same here; services behind Latchkey can allow it more" },
  { value: "Manager", label: "Manager", effect: "Also reads all users and teams" },
  { value: "Admin", label: "Admin", effect: "Also creates and changes users, teams and tokens" },
];
