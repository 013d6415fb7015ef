import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { cache } from "react";
import { AccountScreen } from "@/components/users/account-screen";
import { userAddress } from "@/components/users/users-view";
import { findPagePrincipal, requirePagePrincipal } from "@/lib/access/page-principal";
import { hasPermission } from "@/lib/access/permissions";
import { Problem } from "@/lib/errors";
import { idParams } from "@/lib/http/shapes";
import type { User } from "@/lib/users/contract";
import { findUser } from "@/lib/users/find-user";

interface AccountPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  const user = await readAccount((await params).id);
  return { title: user ? `${user.name} · Security` : "Security" };
}

export default async function AccountPage({ params }: AccountPageProps) {
  const { id } = await params;
  const principal = await requirePagePrincipal(userAddress(id));
  if (!hasPermission(principal, "users:read")) forbidden();
  // Before anything streams: what has begun to is a 200.
  const user = await readAccount(id);
  if (!user) notFound();

  return (
    <AccountScreen
      key={user.id}
      first={{ user, fetchedAt: Date.now() }}
      viewer={{ id: principal.user.id, canManage: hasPermission(principal, "users:manage") }}
    />
  );
}

/** The account of this number, for those who may read it; once for title and page. */
const readAccount = cache(async (text: string): Promise<User | undefined> => {
  const principal = await findPagePrincipal();
  const params = idParams.safeParse({ id: text });
  if (!principal || !params.success || !hasPermission(principal, "users:read")) return undefined;
  try {
    return await findUser(principal, params.data.id);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
});
