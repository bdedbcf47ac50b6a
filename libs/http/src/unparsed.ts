import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemKind } from './problems';

const CODES: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'http.headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'http.timeout',
};

/** Answers what could not be read as a request, and ends the connection: whatever follows on it would be lost. */
export function refuseUnparsed(error: { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = CODES[error.code ?? ''] ?? 'http.bad-request';
  const { status, ar: title } = problemKind(code);
  const requestId = randomUUID();
  const body = JSON.stringify({ type: `/problems/${code}`, title, status, code, requestId });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Language: ar',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `X-Request-Id: ${requestId}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
