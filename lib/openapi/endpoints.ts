import { listAuditEvents, readAuditHead, verifyAudit } from "@/lib/audit/contract";
import type { Endpoint } from "@/lib/http/endpoint";
import { introspect } from "@/lib/introspection/contract";
import {
  changePassword,
  setPasswordByLink,
  setUp,
  signIn,
  signOut,
  signOutEverywhere,
} from "@/lib/sign-in/contract";
import { readConnectionChecks, readStatus } from "@/lib/status/contract";
import {
  changeTeamMembers,
  createTeam,
  deleteTeam,
  listTeams,
  readTeam,
  updateTeam,
} from "@/lib/teams/contract";
import { listTokenUsage, readTokenUsage } from "@/lib/token-usage/contract";
import {
  changeToken,
  createToken,
  deleteToken,
  deleteTokens,
  listServiceTokens,
  listTokens,
  readToken,
  revokeTokens,
  rotateToken,
  summarizeTokens,
} from "@/lib/tokens/contract";
import {
  createPasswordLink,
  createUser,
  deleteUser,
  listUsers,
  readCurrentUser,
  readUser,
  updateUser,
} from "@/lib/users/contract";

/** Every operation of the API, in the order the reference shows them. What isn't here is a 404. */
export const endpoints: readonly Endpoint[] = [
  createUser,
  listUsers,
  readCurrentUser,
  readUser,
  updateUser,
  deleteUser,
  createPasswordLink,
  createToken,
  listTokens,
  listServiceTokens,
  summarizeTokens,
  listTokenUsage,
  readToken,
  changeToken,
  rotateToken,
  deleteToken,
  readTokenUsage,
  revokeTokens,
  deleteTokens,
  introspect,
  createTeam,
  listTeams,
  readTeam,
  updateTeam,
  deleteTeam,
  changeTeamMembers,
  listAuditEvents,
  readAuditHead,
  verifyAudit,
  setUp,
  signIn,
  signOut,
  signOutEverywhere,
  changePassword,
  setPasswordByLink,
  readStatus,
  readConnectionChecks,
];
