import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { OrderRecord } from '../src/ports/order-life/order-repository.ts';
import { NO_END } from '../src/ports/photos/retention.ts';
import type { Batch, School } from '../src/ports/schools/school-repository.ts';
import { makeReport } from './in-memory/report.ts';
import {
  accountRow,
  batchRow,
  hour,
  orderRow,
  paymentRow,
  photoRow,
  refundRow,
  schoolRow,
  staffRow,
  studentRow,
} from './in-memory/rows.ts';
import { describeOnEveryStorage, type TestedStorage } from './support/storages.ts';

/** What services rely on, wherever the rows lie: in-memory tests are worth what this says. */

let school: School;
let batch: Batch;

async function addOrder(storage: TestedStorage, given: Partial<OrderRecord> = {}) {
  const student = studentRow(school);
  await storage.students.save(student);
  const order = orderRow(student, batch, given);
  expect(await storage.orders.insert(order)).toBe(true);
  return order;
}

async function addStaff(storage: TestedStorage) {
  const staff = staffRow();
  await storage.staff.save(staff);
  return staff;
}

describeOnEveryStorage('repositories', (storageOf) => {
  let storage: TestedStorage;
  beforeEach(async () => {
    storage = storageOf();
    school = schoolRow();
    await storage.schools.insert(school);
    batch = batchRow(school);
    await storage.schools.insertBatch(batch);
  });

  test('a transaction that throws leaves nothing; one that returns leaves all', async () => {
    const order = await addOrder(storage);
    const change = (fails: boolean) =>
      storage.transaction(async ({ orders, payments }) => {
        await orders.update(order.id, 'pendingPayment', { state: 'pendingCapture' });
        await payments.insert(paymentRow(order));
        if (fails) throw new Error('no');
      });
    await expect(change(true)).rejects.toThrow('no');
    expect((await storage.orders.find(order.id))?.state).toBe('pendingPayment');
    expect(await storage.payments.listOfOrder(order.id)).toEqual([]);
    await change(false);
    expect((await storage.orders.find(order.id))?.state).toBe('pendingCapture');
    expect(await storage.payments.listOfOrder(order.id)).toHaveLength(1);
  });

  test('of two who change a locked order at once one comes after the other', async () => {
    const order = await addOrder(storage);
    const seen: string[] = [];
    const change = () =>
      storage.transaction(async ({ orders }) => {
        const current = await orders.lock(order.id);
        seen.push(current?.state ?? '');
        await orders.update(order.id, 'pendingPayment', { state: 'pendingCapture' });
      });
    await Promise.all([change(), change()]);
    expect(seen).toEqual(['pendingPayment', 'pendingCapture']);
  });

  test('an order: one live one a student, changed only from the state that was seen', async () => {
    const order = await addOrder(storage);
    const view = await storage.orders.find(order.id);
    expect(view).toEqual({ ...order, batchName: batch.name, school: school.name });
    const student = { ...studentRow(school), id: order.studentId };
    expect(await storage.orders.insert(orderRow(student, batch))).toBe(false);
    const { update } = storage.orders;
    expect(await update(order.id, 'pendingCapture', { state: 'cancelled' })).toBe(false);
    expect(await update(order.id, 'pendingPayment', { state: 'cancelled' })).toBe(true);
    expect(await storage.orders.findLive(order.studentId)).toBeUndefined();
    const next = orderRow(student, batch, { createdAt: hour(1) });
    expect(await storage.orders.insert({ ...next, orderNo: order.orderNo })).toBe(false);
    expect(await storage.orders.insert(next)).toBe(true);
    expect((await storage.orders.findLive(order.studentId))?.id).toBe(next.id);
    const all = await storage.orders.listOfStudent(order.studentId);
    expect(all.map(({ id }) => id)).toEqual([next.id, order.id]);
  });

  test('an order: history in its order, changes numbered without gaps, consents once', async () => {
    const order = await addOrder(storage);
    for (const event of ['confirmPayment', 'cancel'] as const)
      await storage.orders.addEvent({
        orderId: order.id,
        at: hour(1),
        event,
        fromState: 'pendingPayment',
        toState: 'pendingCapture',
        actor: 'server',
        actorId: null,
        details: { reason: 'test' },
      });
    const history = await storage.orders.history(order.id);
    expect(history.map(({ event }) => event)).toEqual(['confirmPayment', 'cancel']);
    expect(history[0]?.details).toEqual({ reason: 'test' });
    const { id: orderId, schoolId, state, photoId, reasons } = order;
    for (let count = 0; count < 3; count += 1)
      await storage.orders.addChange({ schoolId, orderId, state, photoId, reasons, at: hour(1) });
    const changes = await storage.orders.changesAfter(schoolId, 1, 9);
    expect(changes.map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(await storage.orders.changesAfter(schoolId, 0, 1)).toHaveLength(1);
    const consent = { orderId, kind: 'service', version: '1', givenAt: hour(1), callerId: null };
    await storage.orders.addConsent({ ...consent, caller: 'graduate' });
    await storage.orders.addConsent({ ...consent, caller: 'station' });
    expect(await storage.orders.consents(orderId)).toEqual([{ kind: 'service', version: '1' }]);
  });

  test('payments: one pending an order; found by number, key and state', async () => {
    const { payments } = storage;
    const order = await addOrder(storage);
    const first = paymentRow(order);
    await payments.insert(first);
    await expect(payments.insert(paymentRow(order))).rejects.toThrow();
    expect(await payments.find(first.id)).toEqual(first);
    expect(await payments.findByTradeNo(first.outTradeNo)).toEqual(first);
    expect(await payments.findPending(order.id)).toEqual(first);
    expect(await payments.hasPaid(order.id)).toBe(false);
    await payments.update(first.id, { state: 'paid', paidAt: hour(1) });
    expect(await payments.find(first.id)).toEqual({ ...first, state: 'paid', paidAt: hour(1) });
    expect(await payments.hasPaid(order.id)).toBe(true);
    expect(await payments.findPending(order.id)).toBeUndefined();
    const second = paymentRow(order, { createdAt: hour(2) });
    await payments.insert(second);
    const both = await payments.listOfOrder(order.id);
    expect(both.map(({ id }) => id)).toEqual([second.id, first.id]);
    const [key, other] = [randomUUID(), randomUUID()];
    await payments.addKey(key, first.id);
    await payments.addKey(key, second.id);
    expect((await payments.findByKey(key))?.id).toBe(first.id);
    await payments.moveKey(key, second.id);
    expect((await payments.findByKey(key))?.id).toBe(second.id);
    expect(await payments.findByKey(other)).toBeUndefined();
  });

  test('payments: stale ones come the longest unasked first; a notification counts once', async () => {
    const { payments } = storage;
    const asked = paymentRow(await addOrder(storage), { lastQueriedAt: hour(2) });
    const never = paymentRow(await addOrder(storage), { createdAt: hour(1) });
    const valid = paymentRow(await addOrder(storage), { expiresAt: hour(9) });
    for (const payment of [asked, never, valid]) await payments.insert(payment);
    const own = [asked.id, never.id, valid.id];
    const stale = (await payments.listStale(hour(5), 1000)).filter(({ id }) => own.includes(id));
    expect(stale.map(({ id }) => id)).toEqual([never.id, asked.id]);
    const note = { notificationId: randomUUID(), outTradeNo: 't', outcome: 'booked' };
    expect(await payments.addNotification({ ...note, receivedAt: hour(1) })).toBe(true);
    expect(await payments.addNotification({ ...note, receivedAt: hour(2) })).toBe(false);
  });

  test('refunds: one open one an order, one a payment that is owed back', async () => {
    const { refunds, payments } = storage;
    const staff = await addStaff(storage);
    const payment = paymentRow(await addOrder(storage), { state: 'paid' });
    await payments.insert(payment);
    const first = refundRow(payment, staff);
    await refunds.insert(first);
    await expect(refunds.insert(refundRow(payment, staff))).rejects.toThrow();
    await expect(refunds.insert(refundRow(payment, staff, { key: first.key }))).rejects.toThrow();
    expect(await refunds.findByKey(first.key)).toEqual(first);
    expect(await refunds.findByNumber(first.outRefundNo)).toEqual(first);
    await refunds.update(first.id, { state: 'failed', updatedAt: hour(1) });
    await refunds.insert(refundRow(payment, staff, { updatedAt: hour(3) }));
    await refunds.insert(refundRow(payment, staff, { purpose: 'due', state: 'succeeded' }));
    const due = refundRow(payment, staff, { purpose: 'due' });
    await expect(refunds.insert(due)).rejects.toThrow();
    const open = async (before: Date) =>
      (await refunds.listOpen(before, 1000)).filter(({ paymentId }) => paymentId === payment.id);
    expect(await open(hour(3))).toEqual([]);
    expect(await open(hour(4))).toHaveLength(1);
  });

  test('money owed back: listed with its order, counted, with every step', async () => {
    const { refunds, payments } = storage;
    const staff = await addStaff(storage);
    const owed = { state: 'paid', refundDue: true, amountFen: 700 } as const;
    const before = await refunds.countDue(false, 'everySchool');
    const late = paymentRow(await addOrder(storage), { ...owed, paidAt: hour(2) });
    const early = paymentRow(await addOrder(storage), { ...owed, paidAt: hour(1) });
    const kept = paymentRow(await addOrder(storage), { state: 'paid', paidAt: hour(1) });
    for (const payment of [late, early, kept]) await payments.insert(payment);
    const own = (id: string) => [late.id, early.id, kept.id].includes(id);
    const listed = async (returned: boolean) =>
      (await refunds.listDue(returned, 'everySchool', 0, 1000)).map(({ id }) => id).filter(own);
    expect(await listed(false)).toEqual([early.id, late.id]);
    const { count, fen } = await refunds.countDue(false, 'everySchool');
    expect([count - before.count, fen - before.fen]).toEqual([2, 1400]);
    const found = await refunds.findDue(late.id);
    expect(found).toMatchObject({ ...late, school: school.name, maskedName: '*三' });
    expect(await refunds.findDue(kept.id)).toBeUndefined();
    const refund = refundRow(late, staff, { purpose: 'due' });
    await refunds.insert(refund);
    const act = { refundId: refund.id, at: hour(3), note: '' };
    await refunds.addAct({ ...act, act: 'requested', staffId: staff.id });
    await refunds.addAct({ ...act, act: 'succeeded', staffId: null });
    const acts = await refunds.actsOf([late.id, early.id]);
    expect(acts.map(({ act: done, name, paymentId }) => [done, name, paymentId])).toEqual([
      ['requested', staff.name, late.id],
      ['succeeded', null, late.id],
    ]);
    expect(await refunds.refundsOf([late.id])).toEqual([refund]);
    expect(await refunds.refundsOf([])).toEqual([]);
    await payments.update(late.id, { state: 'refunded' });
    await payments.update(early.id, { state: 'refunded' });
    expect(await listed(true)).toEqual([late.id, early.id]);
    expect(await listed(false)).toEqual([]);
  });

  test('tries: a ticket and its use, the counter of a student, sessions until they end', async () => {
    const { eligibility } = storage;
    const { studentId } = await addOrder(storage);
    const tokenHash = randomUUID();
    const ticket = { tokenHash, studentId, stationId: null, accountId: null, createdAt: hour(0) };
    await eligibility.insertTicket({ ...ticket, expiresAt: hour(1), usedAt: null });
    await eligibility.useTicket(tokenHash, hour(0));
    expect((await eligibility.lockTicket(tokenHash))?.usedAt).toEqual(hour(0));
    expect((await eligibility.lockCounter(studentId)).wrongCount).toBe(0);
    const counter = { studentId, wrongCount: 2, lastWrongAt: hour(1), lockedUntil: hour(2) };
    await eligibility.saveCounter(counter);
    expect(await eligibility.lockCounter(studentId)).toEqual(counter);
    await eligibility.addAttempt({ studentId, stationId: null, outcome: 'wrong', at: hour(1) });
    const session = { id: randomUUID(), tokenHash, studentId, stationId: null };
    await eligibility.insertSession({ ...session, createdAt: hour(0), expiresAt: hour(2) });
    await eligibility.deleteExpired(hour(2));
    expect(await eligibility.lockTicket(tokenHash)).toBeUndefined();
    expect((await eligibility.findSession(tokenHash))?.studentId).toBe(studentId);
    await eligibility.deleteExpired(hour(3));
    expect(await eligibility.findSession(tokenHash)).toBeUndefined();
  });

  test('a student is one row a gateway number; a batch is open between its times', async () => {
    const student = studentRow(school);
    expect(await storage.students.save(student)).toBe(student.id);
    const { gatewayNumberHash } = student;
    const again = { ...studentRow(school), gatewayNumberHash, createdAt: hour(9) };
    expect(await storage.students.save({ ...again, maskedName: '*四' })).toBe(student.id);
    const found = await storage.students.find(student.id);
    expect(found).toMatchObject({ maskedName: '*四', createdAt: student.createdAt });
    expect(await storage.students.find(again.id)).toBeUndefined();
    const newer = batchRow(school, { opensAt: hour(1), closesAt: hour(2) });
    await storage.schools.insertBatch(newer);
    const open = async (at: Date) =>
      (await storage.schools.openBatches(school.id, at)).map(({ id }) => id);
    expect(await open(hour(0))).toEqual([batch.id]);
    expect(await open(hour(1))).toEqual([newer.id, batch.id]);
    expect(await open(hour(2))).toEqual([batch.id]);
    expect(await storage.schools.findByCode(school.code)).toEqual(school);
  });

  test('staff: one row an account; a session leads to its member', async () => {
    const { staff } = storage;
    const member = await addStaff(storage);
    await expect(staff.save(staffRow({ account: member.account }))).rejects.toThrow();
    await staff.save({ ...member, wrongCount: 3, createdAt: hour(9) });
    const saved = { ...member, wrongCount: 3 };
    expect(await staff.lockByAccount(member.account)).toEqual(saved);
    const session = { staffId: member.id, createdAt: hour(0), expiresAt: hour(1) };
    const [one, two] = [randomUUID(), randomUUID()];
    for (const id of [one, two]) await staff.insertSession({ ...session, id, tokenHash: id });
    expect((await staff.findSession(one))?.staff).toEqual(saved);
    await staff.deleteSessionsOf(member.id, two);
    expect(await staff.findSession(one)).toBeUndefined();
    expect(await staff.findSession(two)).toBeDefined();
    await staff.deleteExpiredSessions(hour(2));
    expect(await staff.findSession(two)).toBeUndefined();
  });

  test('accounts: one an openid or phone; students linked once', async () => {
    const { accounts } = storage;
    const account = accountRow();
    expect((await accounts.ensure(account)).id).toBe(account.id);
    const same = accountRow({ openidHash: account.openidHash });
    expect((await accounts.ensure(same)).id).toBe(account.id);
    const { studentId } = await addOrder(storage);
    await accounts.link(account.id, studentId, hour(1));
    await accounts.link(account.id, studentId, hour(2));
    expect(await accounts.ofStudent(studentId)).toEqual([account.id]);
    expect(await accounts.studentIds(account.id)).toEqual([studentId]);
    const [linked] = await accounts.students(account.id);
    expect([linked?.id, linked?.school]).toEqual([studentId, school.name]);
    await accounts.update(account.id, { noticeLast: 4 });
    expect((await accounts.lock(account.id))?.noticeLast).toBe(4);
  });

  test('a notice is sent by one: whoever claims it first, or after a long silence', async () => {
    const { accounts, notices, deliveries } = storage;
    const account = await accounts.ensure(accountRow());
    const order = await addOrder(storage);
    const id = randomUUID();
    const text = { titleZh: '', titleEn: '', zh: '', en: '' };
    const notice = { id, accountId: account.id, sequence: 1, orderId: order.id, at: hour(0) };
    await notices.insert({ ...notice, ...text });
    await expect(notices.insert({ ...notice, ...text, id: randomUUID() })).rejects.toThrow();
    expect(await notices.list(account.id, 9)).toEqual([{ ...notice, ...text }]);
    const times = { queuedAt: hour(0), updatedAt: hour(0) };
    const facts = { kind: 'review', orderState: 'rejected', state: 'waiting' } as const;
    await deliveries.insert({ noticeId: id, ...facts, attempts: 0, why: null, ...times });
    const claim = (at: Date, silentSince: Date) => deliveries.claim(id, { at, silentSince });
    expect((await claim(hour(1), hour(0)))?.attempts).toBe(1);
    expect(await claim(hour(2), hour(1))).toBeUndefined();
    expect((await claim(hour(3), hour(2)))?.attempts).toBe(2);
    expect(await deliveries.listUnsent(hour(4), 1000)).toContain(id);
    await deliveries.settle(id, { state: 'sent', why: null, updatedAt: hour(4) });
    expect(await claim(hour(9), hour(8))).toBeUndefined();
    expect(await deliveries.listUnsent(hour(9), 1000)).not.toContain(id);
  });

  test('photos: an erased one gets no new report; unused objects are forgotten once', async () => {
    const { photos, prints, retention } = storage;
    const order = await addOrder(storage);
    const report = { ...makeReport(100), fingerprint: 'f' };
    const first = photoRow(order, { report, handedInAt: hour(1) });
    const second = photoRow(order, { uploadedAt: hour(2) });
    for (const photo of [first, second]) await photos.insert(photo);
    expect(await photos.find(first.id)).toEqual(first);
    expect((await photos.listOfOrder(order.id)).map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(await photos.fingerprintsBefore(second)).toEqual(['f']);
    expect(await photos.fingerprintsBefore(first)).toEqual([]);
    const sheet = {
      photoId: first.id,
      layout: '5in',
      sha256: `sheet ${first.id}`,
      madeAt: hour(1),
    } as const;
    await prints.add([{ ...sheet, source: 'photo' }]);
    await prints.add([{ ...sheet, sha256: 'late', source: 'cutOut' }]);
    expect((await prints.find(first.id, '5in'))?.source).toBe('photo');
    const objects = [first.originalSha256, first.standardSha256 ?? '', sheet.sha256];
    await photos.announceObjects(objects, hour(-9));
    const forget = () => photos.forgetUnusedObjects(hour(-8), 1000);
    expect((await forget()).filter((sha256) => objects.includes(sha256))).toEqual([]);
    await retention.erase([first.id], hour(3));
    await photos.update(first.id, { report, accepted: false });
    const erased = await photos.find(first.id);
    expect([erased?.report, erased?.erasedAt, erased?.accepted]).toEqual([null, hour(3), true]);
    const forgotten = await forget();
    expect(objects.filter((sha256) => forgotten.includes(sha256))).toEqual(objects);
    expect(await forget()).not.toEqual(expect.arrayContaining(objects));
  });

  test.each([
    { rule: 'ended', state: 'collected', updatedAt: hour(-1) },
    { rule: undefined, state: 'collected', updatedAt: hour(0) },
    { rule: 'unfinished', state: 'rejected', updatedAt: hour(-1), closesAt: hour(-1) },
    { rule: 'unfinished', state: 'rejected', updatedAt: hour(-1), closesAt: NO_END },
    { rule: undefined, state: 'rejected', updatedAt: hour(-1), closesAt: hour(1) },
    { rule: 'discarded', state: 'pendingCapture', updatedAt: hour(1), discardedAt: hour(-99) },
    { rule: undefined, state: 'pendingCapture', updatedAt: hour(1), discardedAt: hour(-97) },
    { rule: undefined, state: 'underReview', updatedAt: hour(-99), discardedAt: hour(-99) },
    { rule: undefined, state: 'publishing', updatedAt: hour(-99) },
  ] as const)('retention: $state goes by $rule', async (row) => {
    const closesAt = 'closesAt' in row ? row.closesAt : hour(9);
    batch = batchRow(school, { closesAt });
    await storage.schools.insertBatch(batch);
    const { state, updatedAt } = row;
    const order = await addOrder(storage, { state, updatedAt });
    const discardedAt = 'discardedAt' in row ? row.discardedAt : null;
    const photo = photoRow(order, { discardedAt });
    await storage.photos.insert(photo);
    const limits = { endedBefore: hour(0), discardedBefore: hour(-98) };
    const { retention } = storage;
    const due = await retention.photosDue(limits, order.id);
    expect(due).toEqual(row.rule ? [{ photoId: photo.id, rule: row.rule }] : []);
    expect((await retention.ordersDue(limits, 1000)).includes(order.id)).toBe(due.length > 0);
    await retention.erase([photo.id], hour(1));
    expect(await retention.photosDue(limits, order.id)).toEqual([]);
  });

  test('photos: what was said of one is kept byte for byte, changed, and erased with it', async () => {
    const { photos, retention } = storage;
    const order = await addOrder(storage);
    const photo = photoRow(order, { onSiteSealed: Buffer.from([1, 0, 255]) });
    await photos.insert(photo);
    const said = async () => {
      const { onSiteSealed = null } = (await photos.find(photo.id)) ?? {};
      return onSiteSealed && [...onSiteSealed];
    };
    expect(await said()).toEqual([1, 0, 255]);
    await photos.update(photo.id, { onSiteSealed: Buffer.from([2]) });
    expect(await said()).toEqual([2]);
    await retention.erase([photo.id], hour(1));
    expect(await said()).toBeNull();
  });

  test('retention: the present photo is not discarded, whatever was noted about it', async () => {
    const photoId = randomUUID();
    const order = await addOrder(storage, { state: 'pendingSubmission', photoId });
    await storage.photos.insert(photoRow(order, { id: photoId, discardedAt: hour(-9) }));
    const limits = { endedBefore: hour(-9), discardedBefore: hour(0) };
    expect(await storage.retention.photosDue(limits, order.id)).toEqual([]);
  });

  async function addWaiting(handedInAt: Date) {
    const photoId = randomUUID();
    const order = await addOrder(storage, { state: 'underReview', photoId });
    await storage.photos.insert(photoRow(order, { id: photoId, handedInAt }));
    return order;
  }

  test('leases: the longest waiting first, each held by one, until it runs out', async () => {
    const { reviews } = storage;
    const staff = await addStaff(storage);
    const late = await addWaiting(hour(-1));
    const early = await addWaiting(hour(-2));
    const take = (takenAt: Date) =>
      reviews.leaseOldest(
        {
          leaseId: randomUUID(),
          staffId: staff.id,
          takenAt,
          expiresAt: new Date(takenAt.getTime() + 1000),
        },
        'everySchool',
      );
    const waiting = await reviews.countWaiting(hour(0), 'everySchool');
    const first = await take(hour(0));
    const second = await take(hour(0));
    expect([first?.orderId, second?.orderId]).toEqual([early.id, late.id]);
    expect(await reviews.countWaiting(hour(0), 'everySchool')).toBe(waiting - 2);
    expect(await reviews.countWaiting(hour(1), 'everySchool')).toBe(waiting);
    expect((await take(hour(1)))?.orderId).toBe(early.id);
    if (!first || !second) throw new Error('nothing was leased');
    expect(await reviews.extendLease(first, hour(0), hour(3))).toBe(false);
    expect(await reviews.extendLease(second, hour(1), hour(3))).toBe(false);
    expect(await reviews.extendLease(second, hour(0), hour(3))).toBe(true);
    const held = await reviews.leasesOf(staff.id, hour(1));
    expect(held.map(({ orderId }) => orderId)).toEqual([late.id, early.id]);
    await reviews.releaseLease({ ...second, staffId: randomUUID() });
    expect(await reviews.lockLease(late.id)).toBeDefined();
    await reviews.releaseLease(second);
    expect(await reviews.lockLease(late.id)).toBeUndefined();
    await reviews.releaseLeasesOf(staff.id);
    expect(await reviews.leasesOf(staff.id, hour(0))).toEqual([]);
    for (const order of [late, early])
      await storage.orders.update(order.id, 'underReview', { state: 'collected' });
  });

  test('decisions: one a photo, the newest first', async () => {
    const { reviews } = storage;
    const staff = await addStaff(storage);
    const order = await addWaiting(hour(-1));
    const other = photoRow(order);
    await storage.photos.insert(other);
    const who = { orderId: order.id, leaseId: randomUUID(), staffId: staff.id };
    const facts = { ...who, note: '', heldUntil: null };
    const decision = { ...facts, decision: 'rejected', codes: ['blurred'] } as const;
    const first = { ...decision, photoId: order.photoId ?? '', at: hour(1) };
    await reviews.addDecision(first);
    await expect(reviews.addDecision(first)).rejects.toThrow();
    await reviews.addDecision({ ...decision, photoId: other.id, at: hour(2) });
    expect(await reviews.findDecision(first.photoId)).toEqual(first);
    const all = await reviews.decisionsOf(order.id);
    expect(all.map(({ photoId }) => photoId)).toEqual([other.id, first.photoId]);
    await reviews.removeDecision(other.id);
    expect(await reviews.decisionsOf(order.id)).toEqual([first]);
    await storage.orders.update(order.id, 'underReview', { state: 'collected' });
  });

  test('decisions that are held come due in turn, and their photos wait for nobody', async () => {
    const { reviews } = storage;
    const staff = await addStaff(storage);
    const [late, early] = [await addWaiting(hour(-1)), await addWaiting(hour(-2))];
    const before = await reviews.countWaiting(hour(0), 'everySchool');
    const hold = (order: typeof late, heldUntil: Date) =>
      reviews.addDecision({
        ...{ orderId: order.id, photoId: order.photoId ?? '', leaseId: randomUUID() },
        ...{ staffId: staff.id, decision: 'approved', codes: [], note: '', at: hour(0), heldUntil },
      });
    await hold(late, hour(2));
    await hold(early, hour(1));
    expect(await reviews.countWaiting(hour(0), 'everySchool')).toBe(before - 2);
    expect(await reviews.dueDecisions(hour(0), 10)).toEqual([]);
    const due = async (limit: number) =>
      (await reviews.dueDecisions(hour(2), limit)).map(({ orderId }) => orderId);
    expect(await due(10)).toEqual([early.id, late.id]);
    expect(await due(1)).toEqual([early.id]);
    await reviews.endHold(early.photoId ?? '');
    expect(await due(10)).toEqual([late.id]);
    expect((await reviews.findDecision(early.photoId ?? ''))?.heldUntil).toBeNull();
    for (const order of [late, early])
      await storage.orders.update(order.id, 'underReview', { state: 'collected' });
  });

  test('who gave an order back is leased it again after all others; a lease is one reviewer’s', async () => {
    const { reviews } = storage;
    const [me, other] = [await addStaff(storage), await addStaff(storage)];
    const [late, early] = [await addWaiting(hour(-98)), await addWaiting(hour(-99))];
    const take = (staffId: string, takenAt: Date) =>
      reviews.leaseOldest(
        {
          ...{ leaseId: randomUUID(), staffId, takenAt },
          expiresAt: new Date(takenAt.getTime() + 1000),
        },
        'everySchool',
      );
    await reviews.notePass({ orderId: early.id, staffId: me.id, at: hour(0) });
    await reviews.notePass({ orderId: early.id, staffId: me.id, at: hour(1) });
    expect((await take(me.id, hour(1)))?.orderId).toBe(late.id);
    const taken = await take(other.id, hour(1));
    expect(taken?.orderId).toBe(early.id);
    if (!taken) throw new Error('nothing was leased');
    const mine = { ...taken, staffId: me.id, leaseId: randomUUID() };
    expect(await reviews.lease(mine)).toBe(false);
    expect(await reviews.releaseLease(mine)).toBe(false);
    expect(await reviews.releaseLease(taken)).toBe(true);
    expect(await reviews.lease(mine)).toBe(true);
    expect((await reviews.lockLease(early.id))?.leaseId).toBe(mine.leaseId);
    await reviews.releaseLeasesOf(me.id);
    await reviews.notePass({ orderId: late.id, staffId: me.id, at: hour(2) });
    const all: (string | undefined)[] = [];
    while (all.at(-1) !== late.id) all.push((await take(me.id, hour(4)))?.orderId);
    expect(all.slice(-2)).toEqual([early.id, late.id]);
    expect(await take(me.id, hour(4))).toBeUndefined();
    await reviews.forgetPasses(hour(5));
    await reviews.releaseLeasesOf(me.id);
    expect((await take(me.id, hour(5)))?.orderId).toBe(early.id);
    await reviews.releaseLeasesOf(me.id);
    for (const order of [late, early])
      await storage.orders.update(order.id, 'underReview', { state: 'collected' });
  });

  test('rosters: the person of an order, with photo and comparison, in its own batch', async () => {
    const { rosters } = storage;
    const staff = await addStaff(storage);
    const student = studentRow(school);
    await storage.students.save(student);
    const order = orderRow(student, batch, { state: 'collected' });
    await storage.orders.insert(order);
    expect(await rosters.match(order.id)).toBeUndefined();
    const entry = {
      id: randomUUID(),
      batchId: batch.id,
      idNumberHash: student.idNumberHash,
      studentNumberHash: randomUUID(),
      examineeNumberHash: null,
      contentHash: '',
      sealed: Buffer.from('row'),
      maskedName: '*三',
      maskedIdNumber: '',
      college: null,
      className: '一班',
      position: 2,
      importedBy: staff.id,
      createdAt: hour(0),
      updatedAt: hour(0),
    };
    await rosters.save([entry]);
    expect(await rosters.match(order.id)).toMatchObject({ id: entry.id, photoSha256: null });
    const added = { type: 'image/jpeg', bytes: 1, addedBy: staff.id, addedAt: hour(0) };
    await rosters.savePhotos([{ entryId: entry.id, sha256: 'reference', ...added }]);
    expect((await rosters.match(order.id))?.photoSha256).toBe('reference');
    const other = batchRow(school);
    expect(await rosters.batchNaming(student.idNumberHash, [other.id])).toBeUndefined();
    expect(await rosters.batchNaming(student.idNumberHash, [other.id, batch.id])).toBe(batch.id);
    const photo = photoRow(order);
    await storage.photos.insert(photo);
    const found = { photoId: photo.id, referenceSha256: 'reference', comparison: null };
    await rosters.saveComparison({ ...found, failure: 'engine', at: hour(1) });
    const { failure } = (await rosters.findComparison(photo.id, 'reference')) ?? {};
    expect(failure).toBe('engine');
    expect(await rosters.findComparison(photo.id, 'another')).toBeUndefined();
  });
});
