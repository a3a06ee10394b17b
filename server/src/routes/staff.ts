import { ok } from '@gradshot/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HandlersOf } from '../plugins/handler.ts';
import { STAFF_COOKIE } from '../plugins/staff-cookie.ts';
import type { StaffLogin } from '../services/staff/staff-login.ts';
import type { StaffMembers } from '../services/staff/staff-members.ts';

type Ids = 'loginStaff' | 'getStaff' | 'logoutStaff' | 'changePassword' | 'listStaff' | 'saveStaff';

export function staffRoutes(services: {
  readonly staffLogin: StaffLogin;
  readonly staffMembers: StaffMembers;
}): HandlersOf<Ids> {
  const { staffLogin, staffMembers } = services;
  return {
    async loginStaff({ body, request, reply }) {
      const session = await staffLogin.login(body);
      if (session.ok)
        setCookie({ request, reply }, session.value.staffToken, session.value.expiresAt);
      return session;
    },
    getStaff: async ({ caller }) => ok(await staffLogin.me(caller)),
    async logoutStaff({ caller, request, reply }) {
      setCookie({ request, reply }, '', new Date(0).toISOString());
      return ok(await staffLogin.logout(caller));
    },
    changePassword: ({ caller, body }) => staffLogin.changePassword(caller, body),
    listStaff: async ({ caller }) => ok({ staff: await staffMembers.list(caller) }),
    saveStaff: ({ caller, params, body }) => staffMembers.save(caller, params.staffId, body),
  };
}

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/** Out of reach of scripts and of other sites; over plain HTTP only where the server has no other. */
function setCookie({ request, reply }: Exchange, token: string, expiresAt: string): void {
  void reply.setCookie(STAFF_COOKIE, token, {
    path: '/v1/console',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    expires: new Date(expiresAt),
  });
}
