"use client";

import { createContext, type ReactNode, useContext } from "react";

/** Which of the pages under Security the role opens, besides those that everybody sees who gets there. */
export interface SecurityAccess {
  audit: boolean;
}

/** Tells the second navigation what to leave out: a role isn't shown what it can never open. */
export function SecurityAccessProvider({ audit, children }: SecurityAccess & { children: ReactNode }) {
  return <AccessContext value={{ audit }}>{children}</AccessContext>;
}

export function useSecurityAccess(): SecurityAccess {
  return useContext(AccessContext);
}

const AccessContext = createContext<SecurityAccess>({ audit: false });
