import { isIP } from 'node:net';

/** Host names a browser on this machine may use for the loopback interface. */
export const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/** Whether binding to `host` keeps the listener on this machine. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** The name in a Host header, without port and brackets, lower case; undefined when it is not a host at all. */
export function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/iu.exec(header ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}
