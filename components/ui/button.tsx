import { Download, LoaderCircle } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

export type ButtonVariant = "primary" | "secondary" | "danger" | "ghost";

interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  /** The action is under way: the button keeps focus, says so, and ignores further presses. */
  pending?: boolean;
  /** What it says meanwhile, as "Creating…". */
  pendingText?: string;
  /** Stands before the text. */
  icon?: ReactNode;
}

/** A button, 36 px high (44 under 720 px). `type` is "button" unless told. */
export function Button({
  variant = "secondary",
  pending = false,
  pendingText,
  icon,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...pressProps(pending, rest["aria-disabled"], onClick)}
      className={classNames(buttonClasses(variant), className)}
    >
      {pending ? <LoaderCircle /> : icon}
      {pending && pendingText ? pendingText : children}
    </button>
  );
}

interface ButtonLinkProps extends ComponentProps<typeof Link> {
  variant?: ButtonVariant;
  icon?: ReactNode;
}

/** A link that looks like a button: for what leads somewhere. */
export function ButtonLink({ variant = "secondary", icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={classNames(buttonClasses(variant), className)}>
      {icon}
      {children}
    </Link>
  );
}

interface DownloadLinkProps extends ComponentProps<"a"> {
  href: string;
  /** What it is saved as, where the server doesn't say. */
  fileName?: string;
}

/** A link to what the browser saves; unlike a `ButtonLink` it is never fetched before it is pressed. */
export function DownloadLink({ fileName = "", className, children, ...rest }: DownloadLinkProps) {
  return (
    <a {...rest} download={fileName} className={classNames(buttonClasses("secondary"), className)}>
      <Download />
      {children}
    </a>
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label"> {
  /** The accessible name; unique within the page ("Actions for pipeline-production"). */
  label: string;
  pending?: boolean;
}

/** A button that is only an icon, 32 px square (44 under 720 px). */
export function IconButton({
  label,
  pending = false,
  className,
  onClick,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...pressProps(pending, rest["aria-disabled"], onClick)}
      aria-label={label}
      className={classNames(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-control border border-transparent max-md:size-11",
        "text-ink2 hover:bg-hover hover:text-ink aria-disabled:text-ink3",
        className,
      )}
    >
      {children}
    </button>
  );
}

type Press = (event: MouseEvent<HTMLButtonElement>) => void;

/** `aria-disabled` instead of `disabled`: focus stays, and a reason can be read. */
function pressProps(
  pending: boolean,
  ariaDisabled: ButtonProps["aria-disabled"],
  onClick: Press | undefined,
) {
  const inert = pending || ariaDisabled === true || ariaDisabled === "true";
  if (!inert) return { onClick };

  return {
    "aria-disabled": true,
    // Also keeps a submit button from submitting its form a second time.
    onClick: (event: MouseEvent<HTMLButtonElement>) => event.preventDefault(),
  };
}

const variants: Record<ButtonVariant, string> = {
  primary:
    "border-transparent bg-primary text-on-primary hover:bg-primary-hover aria-disabled:bg-primary-hover",
  secondary: "border-control bg-surface text-ink hover:bg-hover aria-disabled:text-ink3",
  danger: "border-transparent bg-danger text-on-danger hover:bg-danger-hover aria-disabled:bg-danger-hover",
  ghost: "border-transparent text-ink2 hover:bg-hover hover:text-ink aria-disabled:text-ink3",
};

function buttonClasses(variant: ButtonVariant): string {
  return classNames(
    "inline-flex min-h-9 items-center justify-center gap-2 rounded-control border px-3.5 py-1.5 font-semibold max-md:min-h-11",
    "text-body select-none",
    variants[variant],
  );
}
