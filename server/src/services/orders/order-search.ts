import type { RouteOutput } from '@gradshot/contract';
import type { OrderState } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows, Sought } from '../../ports/console/console-repository.ts';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import { idNumberFault, idNumberKey } from '../eligibility/id-number.ts';
import { isName, lastFourKey, nameKey } from '../eligibility/search-keys.ts';
import { studentOf } from '../order-life/order-view.ts';
import { KEYS } from '../rosters/person-fields.ts';

type Needs = Stored<DeskRows & StudentRows> & { readonly vault: Pick<Vault, 'pseudonym'> };

export type Search = {
  readonly text: string;
  readonly state?: OrderState | undefined;
  readonly batchId?: string | undefined;
  readonly className?: string | undefined;
  readonly page: number;
  readonly pageSize: number;
};

/** So many are counted and no more: nobody pages through them, and a surname has a tenth of all. */
export const MAX_COUNTED = 1000;

export async function searchOrders(
  { storage, vault }: Needs,
  { schools }: StaffCaller,
  { text, page, pageSize, ...filters }: Search,
): Promise<RouteOutput<'searchOrders'>> {
  const found = await storage.desk.searchOrders({
    scope: schools,
    ...filters,
    ...(text ? { sought: soughtBy(vault, text) } : {}),
    offset: (page - 1) * pageSize,
    limit: pageSize,
    counted: MAX_COUNTED,
  });
  const orders = await Promise.all(
    found.orders.map(async (order) => {
      const student = await storage.students.find(order.studentId);
      if (!student) throw new Error(`order ${order.id} without its student`);
      return {
        orderId: order.id,
        orderNo: order.orderNo,
        state: order.state,
        student: studentOf(student, order.school),
        batchName: order.batchName,
        ...(order.className ? { className: order.className } : {}),
        updatedAt: order.updatedAt.toISOString(),
      };
    }),
  );
  return { orders, total: found.total };
}

const LAST_FOUR = /^\d{3}[\dX]$/i;
/** A whole number is sought, never a part: fewer letters and digits are no number of anybody. */
const NUMBER = /^[A-Z0-9()（）-]{4,40}$/i;
const PHONE = /^1\d{10}$/;
/** G, the day and some of what follows: the day alone is thousands of orders. */
const SHORTEST_BEGINNING = 12;

/**
 * All that one line of text may stand for, each by an index: order number from its beginning, name or part
 * of it, surname, last four, whole ID number, 学号, 考生号, phone, number of a payment here or at WeChat.
 */
export function soughtBy(vault: Pick<Vault, 'pseudonym'>, text: string): Sought {
  const typed = text.trim();
  const isNumber = NUMBER.test(typed);
  const idNumber = idNumberKey(typed);
  const begins = typed.length >= SHORTEST_BEGINNING;
  return {
    studentKeys: [
      ...(isName(typed) ? [nameKey(vault, typed)] : []),
      ...(LAST_FOUR.test(typed) ? [lastFourKey(vault, typed)] : []),
    ],
    ...(isNumber
      ? {
          orderNo: typed.toUpperCase(),
          orderNoBegins: begins,
          paymentNo: typed,
          studentNumberHash: vault.pseudonym(KEYS.XH(typed), 'studentNumber'),
          examineeNumberHash: vault.pseudonym(KEYS.KSH(typed), 'examineeNumber'),
        }
      : {}),
    ...(isNumber && idNumberFault(typed.toUpperCase()) !== 'form'
      ? { idNumberHash: vault.pseudonym(idNumber, 'idNumber') }
      : {}),
    ...(PHONE.test(typed) ? { phoneHash: vault.pseudonym(typed, 'phone') } : {}),
  };
}
