import { mkdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import {
  createServerLog,
  FolderInUseError,
  OPEN_SAMPLE_SCHOOLS,
  SAMPLE_STAFF,
  startServer,
} from '@gradshot/server';
import { type Simulators, startSimulators } from '@gradshot/testkit';
import pino from 'pino';
import type { FromSample, SampleOptions, ToSample } from './sample-messages.ts';

/**
 * The server with a sample school, and the simulators that stand for 学信网, WeChat and
 * the SMS carrier. Runs as
 * a process of its own and ends with the start program.
 */

process.on('message', (message: ToSample) => {
  if (message.kind === 'open') void open(message.options).catch(failToStart);
});
process.on('disconnect', () => process.exit(0));
// The start program says when to close, in its own order.
process.on('SIGINT', () => {});

async function open(options: SampleOptions): Promise<void> {
  const simulators = await startSimulators(addresses(options));
  const server = await startSampleServer(options, simulators);
  const close = async () => {
    await server.close();
    await simulators.close();
    process.exit(0);
  };
  process.removeAllListeners('disconnect');
  process.on('disconnect', () => void close());
  process.on('SIGTERM', () => void close());
  process.on('message', (message: ToSample) => {
    if (message.kind === 'close') void close();
  });
  const { code } = await server.createEnrolmentCode(OPEN_SAMPLE_SCHOOLS[0]?.code ?? '');
  tell({
    kind: 'ready',
    serverUrl: server.url,
    enrolmentCode: code,
    pages: pagesOf(server.url, phoneAddress(server.url, options), simulators),
  });
}

function pagesOf(
  serverUrl: string,
  phoneUrl: string,
  { gateway, wechatPay, sms }: Simulators,
): FromSample['pages'] {
  return [
    { label: '毕业生手机端 (H5) · the graduate’s phone', url: `${phoneUrl}/h5/` },
    { label: '学信网采集码 (演示) · collection codes of sample students', url: gateway.url },
    { label: '微信支付 (演示) · pay as the graduate', url: wechatPay.url },
    { label: '短信 (演示) · login codes that the phone gets', url: sms.url },
    { label: `管理后台 (演示) · console: ${accounts()}`, url: `${serverUrl}/console/` },
    { label: '接口文档 · API documents', url: `${serverUrl}/docs` },
  ];
}

/** What a phone in the same network opens; the program's own address where that is all there is. */
function phoneAddress(serverUrl: string, { lan }: SampleOptions): string {
  const host = lan ? lanAddress() : undefined;
  if (!host) return serverUrl;
  return `http://${host}:${new URL(serverUrl).port}`;
}

/** Account and password of each demo member of staff. */
function accounts(): string {
  return SAMPLE_STAFF.map(({ account, password }) => `${account} / ${password}`).join(', ');
}

function addresses({ port, lan }: SampleOptions): Parameters<typeof startSimulators>[0] {
  const ports =
    port === 0
      ? {}
      : { gateway: port + 1, wechatPay: port + 2, wechatLogin: port + 3, sms: port + 4 };
  const publicHost = lan ? lanAddress() : undefined;
  return publicHost ? { ports, host: '0.0.0.0', publicHost } : { ports };
}

/** First IPv4 address by which others in the network reach this machine. */
function lanAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

function startSampleServer(options: SampleOptions, simulators: Simulators) {
  const { gateway, wechatPay, wechatLogin, sms } = simulators;
  const logs = join(options.dataDir, 'server', 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const file = pino.destination({ dest: join(logs, 'server.log'), sync: true, mode: 0o600 });
  // Without a listener the stream throws at whoever logs when the disk is full.
  file.on('error', () => {});
  return startServer({
    dataDir: join(options.dataDir, 'server'),
    port: options.port,
    ...(options.lan ? { host: '0.0.0.0' } : {}),
    gateway: { baseUrl: gateway.url, ...gateway.credentials },
    wechatPay: { baseUrl: wechatPay.url, ...wechatPay.credentials },
    wechatLogin: { baseUrl: wechatLogin.url, ...wechatLogin.credentials },
    sms: { baseUrl: sms.url, ...sms.credentials },
    messages: simulators.messageTemplates,
    sample: true,
    logger: createServerLog('info', file),
  });
}

function failToStart(error: NodeJS.ErrnoException & { port?: number }): never {
  console.error(
    error.code === 'EADDRINUSE'
      ? `Port ${error.port} is taken. Choose another with --server-port, or 0 for any free one.`
      : error instanceof FolderInUseError
        ? error.message
        : (error.stack ?? error.message),
  );
  process.exit(1);
}

function tell(message: FromSample): void {
  process.send?.(message);
}
