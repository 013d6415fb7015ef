/** What an action is called: "Token revoked" for `token.revoked`, in words of their own where those say too little. */
export function actionName(action: string): string {
  const own = ownNames[action];
  if (own) return own;
  const words = action.replace(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether it was refused, which is as much a part of the record as what was done. */
export function isRefusal(action: string): boolean {
  return action.endsWith(".refused");
}

const ownNames: Record<string, string> = {
  "session.created": "Signed in",
  "session.refused": "Sign-in refused",
  "session.ended": "Signed out",
  "sessions.ended": "Signed out everywhere",
  "service_account.created": "Service user created",
  "service_account.changed": "Service user changed",
  "service_account.deactivated": "Service user deactivated",
  "service_account.reactivated": "Service user reactivated",
  "service_account.deleted": "Service user deleted",
};
