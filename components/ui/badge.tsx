import { Ban, Bot, Circle, CircleX, Clock, type LucideIcon, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

export type BadgeVariant = "service" | "scim" | "active" | "expiring" | "revoked" | "expired" | "neutral";

interface BadgeProps {
  variant: BadgeVariant;
  children: ReactNode;
}

/** A kind or a state, always in words; colour and icon only underline them. */
export function Badge({ variant, children }: BadgeProps) {
  const { icon: Icon, classes } = looks[variant];

  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1 whitespace-nowrap rounded-badge border px-2 py-0.5 align-middle font-semibold text-help",
        classes,
      )}
    >
      {Icon && <Icon className={variant === "active" ? "size-2 fill-current" : "size-3.5"} />}
      {children}
    </span>
  );
}

const looks: Record<BadgeVariant, { icon?: LucideIcon; classes: string }> = {
  service: { icon: Bot, classes: "border-service-line bg-service-bg text-service" },
  scim: { icon: RefreshCw, classes: "border-scim-line bg-scim-bg text-scim" },
  active: { icon: Circle, classes: "border-active-line bg-active-bg text-active" },
  expiring: { icon: Clock, classes: "border-expiring-line bg-expiring-bg text-expiring" },
  revoked: { icon: Ban, classes: "border-revoked-line bg-revoked-bg text-revoked" },
  expired: { icon: CircleX, classes: "border-expired-line bg-expired-bg text-expired" },
  neutral: { classes: "border-neutral-line bg-neutral-bg text-neutral" },
};
