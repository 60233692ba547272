import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signUpdate } from '../../../main/desktop/updates/signature.ts';

export interface Publication {
  readonly version: string;
  readonly notes: string;
  readonly body: Buffer;
  /** Signed by another key than that of the build. */
  readonly wrongKey?: boolean;
  /** The file on the server is another than that which was signed. */
  readonly swapped?: Buffer;
  /** The connection ends in the middle of the file. */
  readonly cutShort?: boolean;
}

export interface UpdateServer {
  readonly url: string;
  readonly publicKey: string;
  /** Paths that were asked for, without their queries. */
  readonly asked: string[];
  /** Pieces of the file are held back until this is let go. */
  hold(on: boolean): void;
  publish(channel: 'latest' | 'beta', what: Publication): void;
  end(): Promise<void>;
}

/** A web server on loopback that publishes signed AppImages as electron-builder lays them out. */
export async function startUpdateServer(): Promise<UpdateServer> {
  const keys = generateKeyPairSync('ed25519');
  const others = generateKeyPairSync('ed25519');
  const asked: string[] = [];
  const files = new Map<string, { body: Buffer; cutShort: boolean }>();
  let held = false;
  let waiting: (() => void)[] = [];

  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://loopback').pathname.slice(1);
    asked.push(name);
    const file = files.get(name);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-length': file.body.length });
    const half = file.body.subarray(0, Math.ceil(file.body.length / 2));
    response.write(half);
    const rest = (): void => {
      if (file.cutShort) response.destroy();
      else response.end(file.body.subarray(half.length));
    };
    if (held && name.endsWith('.AppImage')) waiting.push(rest);
    else setImmediate(rest);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${String(port)}/`,
    publicKey: String(keys.publicKey.export({ type: 'spki', format: 'pem' })),
    asked,
    hold(on) {
      held = on;
      if (on) return;
      for (const go of waiting.splice(0)) go();
      waiting = [];
    },
    publish(channel, { version, notes, body, wrongKey = false, swapped, cutShort = false }) {
      const url = `Homer-${version}.AppImage`;
      const key: KeyObject = wrongKey ? others.privateKey : keys.privateKey;
      const announced = {
        version,
        files: [{ url, sha512: createHash('sha512').update(body).digest('base64'), size: body.length }],
        releaseNotes: notes,
      };
      // JSON is YAML too.
      const text = JSON.stringify({
        ...announced,
        path: url,
        sha512: announced.files[0]?.sha512,
        releaseDate: '2026-11-20T10:00:00.000Z',
        signature: signUpdate(announced, key),
      });
      const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
      files.set(`${channel}-linux${arch}.yml`, { body: Buffer.from(text), cutShort: false });
      files.set(url, { body: swapped ?? body, cutShort });
    },
    end: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
