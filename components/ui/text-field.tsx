"use client";

import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { controlClasses, useFieldControl } from "@/components/ui/field";
import { noAutofill } from "@/components/ui/no-autofill";

/** One line of text, inside a `Field`. Not for credentials: password managers are kept off it. */
export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      type="text"
      {...noAutofill}
      spellCheck={false}
      {...rest}
      {...useInputWiring()}
      className={classNames(controlClasses, className)}
    />
  );
}

/** Several lines of text, inside a `Field`. */
export function TextArea({ className, onFocus, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={3}
      {...noAutofill}
      {...rest}
      onFocus={(event) => {
        // The browser scrolls until the caret shows, and leaves the lower half, ring and all, below the edge.
        event.currentTarget.scrollIntoView({ block: "nearest" });
        onFocus?.(event);
      }}
      {...useInputWiring()}
      className={classNames(controlClasses, className)}
    />
  );
}

interface CredentialInputProps extends Omit<ComponentProps<"input">, "autoComplete" | "type"> {
  /** Tells password managers what belongs here. */
  autoComplete: "username" | "email" | "one-time-code";
}

/** The e-mail or code of a sign-in form, inside a `Field`: password managers are welcome. */
export function CredentialInput({ className, ...rest }: CredentialInputProps) {
  return (
    <input
      type={rest.autoComplete === "one-time-code" ? "text" : "email"}
      autoCapitalize="none"
      spellCheck={false}
      {...rest}
      {...useInputWiring()}
      className={classNames(controlClasses, className)}
    />
  );
}

interface PasswordInputProps extends Omit<ComponentProps<"input">, "autoComplete" | "type"> {
  autoComplete: "current-password" | "new-password";
}

/** A password with a *Show* button, inside a `Field`. Pasting is welcome. */
export function PasswordInput({ className, ...rest }: PasswordInputProps) {
  const [shown, setShown] = useState(false);
  const wiring = useInputWiring();

  return (
    <div className="flex gap-2">
      <input
        type={shown ? "text" : "password"}
        autoCapitalize="none"
        spellCheck={false}
        {...rest}
        {...wiring}
        className={classNames(controlClasses, "min-w-0 flex-1", className)}
      />
      <Button aria-controls={wiring.id} onClick={() => setShown((before) => !before)}>
        {shown ? "Hide" : "Show"}
        {/* Text, not aria-label: a field called "Password" is to be found by that label alone. */}
        <span className="sr-only"> password</span>
      </Button>
    </div>
  );
}

/** A value that is settled, inside a `Field`: an input one can reach and read, styled as text. */
export function ReadonlyInput({ value, className }: { value: string; className?: string }) {
  return (
    <input
      type="text"
      {...noAutofill}
      readOnly
      value={value}
      {...useInputWiring()}
      className={classNames(
        "min-h-9 w-full text-ellipsis rounded-control bg-transparent py-1.5 text-body text-ink max-md:min-h-11 max-md:text-touch",
        className,
      )}
    />
  );
}

function useInputWiring() {
  const { id, describedBy, invalid } = useFieldControl();
  return { id, "aria-describedby": describedBy, "aria-invalid": invalid || undefined };
}
