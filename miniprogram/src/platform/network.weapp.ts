import { fail, ok, type Result } from '@gradshot/domain';
import type { HttpAnswer, HttpRequest, NetworkPort, Picture } from './ports.ts';
import { decodeUtf8, utf8Decoder } from './utf8.weapp.ts';
import { wasTimeout } from './wx-failure.weapp.ts';

const DOWNLOAD_TIMEOUT_MS = 60_000;
/** WeChat's longest; the stream is opened again when it ends. */
const STREAM_TIMEOUT_MS = 600_000;

export const network: NetworkPort = {
  send,
  download,
  stream: (path, headers, on) => {
    const decode = utf8Decoder();
    const task = wx.request({
      url: API_BASE + path,
      method: 'GET',
      header: { ...headers },
      enableChunked: true,
      responseType: 'arraybuffer',
      timeout: STREAM_TIMEOUT_MS,
      complete: () => on.end(),
    });
    task.onChunkReceived(({ data }) => on.text(decode(new Uint8Array(data))));
    return { close: () => task.abort() };
  },
};

function send(request: HttpRequest): Promise<Result<HttpAnswer>> {
  return new Promise((resolve) => {
    wx.request({
      url: API_BASE + request.path,
      method: request.method,
      header: { ...request.headers },
      ...(request.body === undefined ? {} : { data: request.body }),
      // As text, so that an answer that is not ours is told from one that is.
      dataType: 'text',
      responseType: 'text',
      timeout: request.timeoutMs,
      success: ({ statusCode, data }) =>
        resolve(ok({ status: statusCode, text: typeof data === 'string' ? data : '' })),
      fail: (error) => resolve(networkFailure(error)),
    });
  });
}

function download(
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Result<Picture | HttpAnswer>> {
  return new Promise((resolve) => {
    wx.downloadFile({
      url: API_BASE + path,
      header: { ...headers },
      timeout: DOWNLOAD_TIMEOUT_MS,
      success: ({ statusCode, tempFilePath }) => resolve(readDownload(statusCode, tempFilePath)),
      fail: (error) => resolve(networkFailure(error)),
    });
  });
}

/** A refused download leaves its JSON answer in the temporary file. */
function readDownload(status: number, filePath: string): Promise<Result<Picture | HttpAnswer>> {
  const files = wx.getFileSystemManager();
  return new Promise((resolve) => {
    if (status !== 200)
      files.readFile({
        filePath,
        success: ({ data }) => resolve(ok({ status, text: textOf(data) })),
        fail: () => resolve(ok({ status, text: '' })),
      });
    else
      files.getFileInfo({
        filePath,
        success: ({ size }) => resolve(ok({ uri: filePath, size })),
        fail: () => resolve(fail('phone.storageFull')),
      });
  });
}

const textOf = (data: string | ArrayBuffer) =>
  typeof data === 'string' ? data : decodeUtf8(new Uint8Array(data));

const networkFailure = (error: unknown): Result<never> =>
  fail(wasTimeout(error) ? 'network.timeout' : 'network.unreachable');
