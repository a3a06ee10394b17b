import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../manual-clock.ts';
import { createAgencyGate } from './agency-protocol.ts';

const clock = createManualClock();
const agency = { agencyId: 'demo', secret: 's'.repeat(32) };

function call(changes: { nonce?: string; body?: string; timestamp?: number } = {}) {
  const { nonce = '0123456789abcdef', body = '{"payload":"x"}' } = changes;
  const timestamp = String(changes.timestamp ?? clock.now().getTime() / 1000);
  const digest = createHash('sha256').update('{"payload":"x"}').digest('hex');
  const text = `request\nPOST\n/p?q=1\n${timestamp}\n${nonce}\n${digest}\n`;
  return {
    method: 'POST',
    pathAndQuery: '/p?q=1',
    headers: {
      'x-agency-id': 'demo',
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-signature': createHmac('sha256', agency.secret).update(text).digest('hex'),
    },
    body: Buffer.from(body),
  };
}

describe('the gateway’s side of the agency protocol', () => {
  it('passes a signed call once', () => {
    const gate = createAgencyGate(agency, clock.now);
    expect(gate.refuse(call())).toBeUndefined();
    expect(gate.refuse(call())).toBe('nonce_reused');
    expect(gate.refuse(call({ nonce: 'another-nonce-0001' }))).toBeUndefined();
  });

  it('refuses another body, another path, an old or a future call', () => {
    const gate = createAgencyGate(agency, clock.now);
    const now = clock.now().getTime() / 1000;
    expect(gate.refuse(call({ body: '{}' }))).toBe('signature_invalid');
    expect(gate.refuse({ ...call(), pathAndQuery: '/p' })).toBe('signature_invalid');
    expect(gate.refuse(call({ timestamp: now - 301 }))).toBe('timestamp_out_of_range');
    expect(gate.refuse(call({ timestamp: now + 301 }))).toBe('timestamp_out_of_range');
    expect(gate.refuse(call({ nonce: 'short' }))).toBe('signature_invalid');
  });
});
