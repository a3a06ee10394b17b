import { expect, it } from 'vitest';
import { tc3Headers } from './tc3-signature.ts';

it('signs the example of Tencent Cloud’s documentation as it says', () => {
  // "Signature v3": the keys are printed, and meant, as asterisks.
  const headers = tc3Headers({
    secretId: `AKID${'*'.repeat(32)}`,
    secretKey: '*'.repeat(32),
    service: 'cvm',
    host: 'cvm.tencentcloudapi.com',
    action: 'DescribeInstances',
    version: '2017-03-12',
    region: 'ap-guangzhou',
    body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
    now: new Date(1_551_113_065_000),
  });
  expect(headers).toEqual({
    'content-type': 'application/json; charset=utf-8',
    authorization:
      `TC3-HMAC-SHA256 Credential=AKID${'*'.repeat(32)}/2019-02-25/cvm/tc3_request, ` +
      'SignedHeaders=content-type;host;x-tc-action, ' +
      'Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
    'x-tc-action': 'DescribeInstances',
    'x-tc-timestamp': '1551113065',
    'x-tc-version': '2017-03-12',
    'x-tc-region': 'ap-guangzhou',
  });
});
