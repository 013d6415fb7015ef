import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/http/client";
import type { Input } from "@/lib/http/endpoint";
import {
  changePassword,
  setPasswordByLink,
  setUp,
  signIn,
  signOut,
  signOutEverywhere,
} from "@/lib/sign-in/contract";

/*
 * What people type here are secrets: none of it outlives its screen (`gcTime: 0`).
 */

export function useSignIn() {
  return useMutation({ mutationFn: (body: Input<typeof signIn.body>) => call(signIn, { body }), gcTime: 0 });
}

export function useSetUp() {
  return useMutation({ mutationFn: (body: Input<typeof setUp.body>) => call(setUp, { body }), gcTime: 0 });
}

export function useSetPasswordByLink() {
  return useMutation({
    mutationFn: (body: Input<typeof setPasswordByLink.body>) => call(setPasswordByLink, { body }),
    gcTime: 0,
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: Input<typeof changePassword.body>) => call(changePassword, { body }),
    gcTime: 0,
  });
}

export function useSignOut() {
  return useMutation({
    mutationFn: (where: "here" | "everywhere") => call(where === "here" ? signOut : signOutEverywhere),
  });
}
