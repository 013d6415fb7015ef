import type { ComponentProps } from "react";
import { Checkbox } from "@/components/ui/checkbox";

/** Makes a token one for SCIM only; spread a form's `register("scim")` on it. */
export function ScimField(props: Omit<ComponentProps<typeof Checkbox>, "label" | "hint">) {
  return (
    <Checkbox
      {...props}
      label="SCIM Administration Token"
      hint="Works on /api/scim/v2 only; can create, change and deactivate users and groups"
    />
  );
}
