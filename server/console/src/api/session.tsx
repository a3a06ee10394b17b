import type { StaffMember } from '@gradshot/contract';
import { type Failure, hasRight, type StaffRight } from '@gradshot/domain';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { answerOf, CallFailed, client } from './client.ts';

const SESSION_KEY = ['session'];

/** Who is logged in; null when nobody is. */
export function useSessionQuery() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: async () => {
      try {
        return await answerOf(client.call('getStaff'));
      } catch (error) {
        if (error instanceof CallFailed && error.failure.code === 'auth.required') return null;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type SessionActions = {
  readonly entered: (staff: StaffMember) => void;
  /** The failure when the server still holds the session: whoever sits down next would be in it. */
  readonly logOut: () => Promise<Failure | undefined>;
  /** The server does not know the session any more. */
  readonly forget: () => void;
};

export function useSessionActions(): SessionActions {
  const queries = useQueryClient();
  return useMemo(() => {
    const forget = () => {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
      queries.setQueryData(SESSION_KEY, null);
    };
    return {
      entered: (staff: StaffMember) => queries.setQueryData(SESSION_KEY, staff),
      async logOut() {
        const answer = await client.call('logoutStaff');
        if (!answer.ok && answer.error.code !== 'auth.required') return answer.error;
        forget();
        return undefined;
      },
      forget,
    };
  }, [queries]);
}

const Staff = createContext<StaffMember | undefined>(undefined);

export function StaffProvider({ staff, children }: { staff: StaffMember; children: ReactNode }) {
  return <Staff.Provider value={staff}>{children}</Staff.Provider>;
}

/** The logged-in member of staff; only below `StaffProvider`. */
export function useStaff(): StaffMember {
  const staff = useContext(Staff);
  if (!staff) throw new Error('useStaff outside of StaffProvider');
  return staff;
}

/** Whether one of these is theirs. The server decides; this only hides what it would refuse. */
export function mayAct(staff: StaffMember, ...rights: readonly StaffRight[]): boolean {
  return rights.some((right) => hasRight(staff.roles, right));
}
