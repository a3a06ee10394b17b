import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addStaff, PASSWORD, type TestStaff } from './support/console.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { startTestServer, type TestServer, unwrap } from './support/test-server.ts';

describeOnServersDatabase('staff', (db) => {
  let server: TestServer;
  let admin: TestStaff;
  let reviewer: TestStaff;
  let agent: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    admin = await addStaff(server, 'administrator');
    reviewer = await addStaff(server, 'reviewer');
    agent = await addStaff(server, 'agent');
  });
  afterAll(() => server?.close());

  const login = (account: string, password: string) =>
    server.client().call('loginStaff', { body: { account, password } });

  test('five wrong passwords lock the account, the right one included, for a while', async () => {
    const staff = await addStaff(server, 'agent');
    for (let i = 0; i < 4; i += 1)
      expect(await login(staff.account, 'wrong')).toMatchObject({
        error: { code: 'auth.credentials' },
      });
    expect(await login(staff.account, 'wrong')).toMatchObject({
      error: { code: 'auth.accountLocked', details: { minutes: 15 } },
    });
    expect(await login(staff.account, PASSWORD)).toMatchObject({
      error: { code: 'auth.accountLocked' },
    });
    server.advance(16 * 60_000);
    unwrap(await login(staff.account.toUpperCase(), PASSWORD));
  });

  test('many guesses at once count as many', async () => {
    const staff = await addStaff(server, 'agent');
    await Promise.all(Array.from({ length: 8 }, () => login(staff.account, 'wrong')));
    expect(await login(staff.account, PASSWORD)).toMatchObject({
      error: { code: 'auth.accountLocked' },
    });
  });

  test('an unknown account is refused like a wrong password', async () => {
    expect(await login('nobody', 'x')).toMatchObject({ error: { code: 'auth.credentials' } });
  });

  test('the cookie opens the console, out of reach of scripts and of other sites', async () => {
    const response = await fetch(`${server.url}/v1/console/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: reviewer.account, password: PASSWORD }),
    });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^staff_session=.+; Path=\/v1\/console; .*HttpOnly; SameSite=Strict/);
    const me = (headers: Record<string, string>) =>
      fetch(`${server.url}/v1/console/me`, {
        headers: { cookie: cookie.split(';')[0] ?? '', ...headers },
      });
    expect((await me({})).status).toBe(200);
    expect((await me({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await me({ 'sec-fetch-site': 'cross-site' })).status).toBe(401);
    expect((await me({ 'sec-fetch-site': 'same-site' })).status).toBe(401);
  });

  test('logging out ends the session and gives leases back', async () => {
    const staff = await addStaff(server, 'reviewer');
    unwrap(await staff.client.call('logoutStaff'));
    expect(await staff.client.call('getStaff')).toMatchObject({ error: { code: 'auth.required' } });
  });

  test('a session ends by itself', async () => {
    const staff = await addStaff(server, 'reviewer');
    server.advance(12 * 3_600_000 + 1000);
    expect(await staff.client.call('getStaff')).toMatchObject({ error: { code: 'auth.required' } });
    admin = await addStaff(server, 'administrator');
    reviewer = await addStaff(server, 'reviewer');
    agent = await addStaff(server, 'agent');
  });

  test('a password set by an administrator opens nothing but its own change', async () => {
    const staffId = randomUUID();
    const account = `new-${staffId.slice(0, 8)}`;
    const body = { account, name: '新人', roles: ['reviewer' as const], enabled: true };
    expect(await admin.client.call('saveStaff', { params: { staffId }, body })).toMatchObject({
      error: { code: 'request.invalid', details: { field: 'password' } },
    });
    const made = unwrap(
      await admin.client.call('saveStaff', {
        params: { staffId },
        body: { ...body, password: 'given by admin' },
      }),
    );
    expect(made.mustChangePassword).toBe(true);
    const session = unwrap(await login(account, 'given by admin'));
    const client = server.client(`Staff ${session.staffToken}`);
    expect(await client.call('claimReview', { body: {} })).toMatchObject({
      error: { code: 'auth.forbidden' },
    });
    expect(
      await client.call('changePassword', { body: { current: 'wrong', next: 'my own password' } }),
    ).toMatchObject({ error: { code: 'auth.credentials' } });
    const same = { current: 'given by admin', next: 'given by admin' };
    expect(await client.call('changePassword', { body: same })).toMatchObject({
      error: { code: 'auth.passwordUnchanged' },
    });
    expect(unwrap(await client.call('getStaff')).mustChangePassword).toBe(true);
    const other = unwrap(await login(account, 'given by admin'));
    unwrap(
      await client.call('changePassword', {
        body: { current: 'given by admin', next: 'my own password' },
      }),
    );
    unwrap(await client.call('claimReview', { body: {} }));
    expect(await server.client(`Staff ${other.staffToken}`).call('getStaff')).toMatchObject({
      error: { code: 'auth.required' },
    });
    unwrap(await login(account, 'my own password'));
  });

  test('a member who is switched off is out at once', async () => {
    const staff = await addStaff(server, 'reviewer');
    unwrap(
      await admin.client.call('saveStaff', {
        params: { staffId: staff.staffId },
        body: { account: staff.account, name: 'x', roles: ['reviewer'], enabled: false },
      }),
    );
    expect(await staff.client.call('getStaff')).toMatchObject({ error: { code: 'auth.required' } });
    expect(await login(staff.account, PASSWORD)).toMatchObject({
      error: { code: 'auth.credentials' },
    });
  });

  test('account names are taken once; the last administrator stays', async () => {
    const save = (staff: TestStaff, roles: ('reviewer' | 'administrator')[], enabled = true) =>
      admin.client.call('saveStaff', {
        params: { staffId: staff.staffId },
        body: { account: staff.account, name: 'x', roles, enabled },
      });
    expect(
      await admin.client.call('saveStaff', {
        params: { staffId: agent.staffId },
        body: { account: admin.account.toUpperCase(), name: 'x', roles: ['agent'], enabled: true },
      }),
    ).toMatchObject({ error: { code: 'staff.accountTaken' } });
    const { staff } = unwrap(await admin.client.call('listStaff'));
    for (const { staffId, account } of staff.filter(
      (x) => x.roles.includes('administrator') && x.staffId !== admin.staffId,
    ))
      unwrap(await save({ ...admin, staffId, account }, ['reviewer']));
    const refused = { error: { code: 'staff.ownRights' } };
    expect(await save(admin, ['reviewer'])).toMatchObject(refused);
    expect(await save(admin, ['administrator'], false)).toMatchObject(refused);
  });

  test('passwords are nowhere to be read', async () => {
    const rows = await db().selectFrom('staffMembers').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    expect(server.log.join('\n')).not.toContain(PASSWORD);
  });
});
