import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { classNames } from "@/components/ui/class-names";

export type NoticeTone = "info" | "warning" | "danger" | "success";

interface NoticeProps {
  tone: NoticeTone;
  /** A first line in bold; the whole message otherwise stands in `children`. */
  title?: string;
  children?: ReactNode;
  /** A button or link at the end; what lasts and can be acted on is a banner. */
  action?: ReactNode;
  /** A place to send focus to. */
  ref?: Ref<HTMLDivElement>;
}

/** A message that stays: a warning in a form, or a banner above a page. It isn't announced; its owner decides that. */
export function Notice({ tone, title, children, action, ref }: NoticeProps) {
  const { icon: Icon, classes } = looks[tone];

  return (
    <div
      ref={ref}
      tabIndex={ref ? -1 : undefined}
      className={classNames("flex items-start gap-2.5 rounded-control border px-3 py-2.5", classes)}
    >
      <Icon className="mt-0.5" />
      <div className="flex min-w-0 flex-1 items-start gap-2.5 max-md:flex-col">
        <div className="min-w-0 flex-1">
          {title && <p className="font-semibold">{title}</p>}
          {children}
        </div>
        {action}
      </div>
    </div>
  );
}

const looks: Record<NoticeTone, { icon: LucideIcon; classes: string }> = {
  info: { icon: Info, classes: "border-neutral-line bg-neutral-bg text-neutral" },
  warning: { icon: TriangleAlert, classes: "border-expiring-line bg-expiring-bg text-expiring" },
  danger: { icon: CircleX, classes: "border-expired-line bg-expired-bg text-expired" },
  success: { icon: CircleCheck, classes: "border-active-line bg-active-bg text-active" },
};
